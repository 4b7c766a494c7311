/** Words of connector types that people write in another way than with one capital. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ...`ActiveCampaign ADP AppsFlyer BambooHR BigCommerce BigQuery BrowserStack ClickUp CloudFront
  CockroachDB ConnectWise DB DoubleClick DSP DV360 DynamoDB EBS ERP Freshservice FTP GitHub GitLab
  GraphQL HCM HiBob HR HubSpot IO iOS iTunes JavaScript LinkedIn LiveChat LivePerson Mailchimp MariaDB
  MongoDB MySQL NetSuite OneTrust PagerDuty PayPal PostgreSQL PrestaShop QuickBooks RDS RSS S3
  Salesloft SAP SendGrid ServiceNow SFTP SharePoint ShipStation SQL SurveyMonkey TikTok UKG URL VAN
  WooCommerce WordPress YouTube ZoomInfo CRM API AWS GCP SQS SNS CSV HANA`
    .split(/\s+/)
    .map((word): [string, string] => [word.toLowerCase(), word]),
  ['maria', 'MariaDB'],
  ['mongo', 'MongoDB'],
  ['postgres', 'PostgreSQL'],
  ...['and', 'by', 'for', 'from', 'of', 'the'].map((word): [string, string] => [word, word]),
]);

/** A connector type as people write it, put together from its words: «Google Ads» from `google_ads`. */
export function nameFromType(service: string): string {
  const words = service.split('_').filter(Boolean);
  return words
    .map((word, index) => {
      const written = WORDS.get(word);
      return index > 0 && written ? written : capitalised(written ?? word);
    })
    .join(' ');
}

function capitalised(word: string): string {
  return /^[a-z]+[A-Z]/.test(word) ? word : word.slice(0, 1).toUpperCase() + word.slice(1);
}
