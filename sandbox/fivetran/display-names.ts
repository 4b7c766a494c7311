// Names of connector types as Fivetran shows them (GET /public/connector-types, 2026), as far as they
// aren't the connector type with capital letters.
const NAMES = `
15five: 15Five | 360learning: 360Learning | absorb_lms: Absorb LMS | acculynx: AccuLynx |
activecampaign: ActiveCampaign | adp_workforce_now: ADP Workforce Now | adroll: AdRoll |
aha: Aha! | amazon_dsp: Amazon DSP | applovin: AppLovin | appsflyer: AppsFlyer |
ascend_by_partnerize: Ascend by Partnerize | atlassian_jira_align: Jira Align |
atlassian_ops_genie: Opsgenie | aura_from_unity: Aura from Unity |
autodesk_bim_360: Autodesk BIM 360 & Construction Cloud | avantlink: AvantLink |
aveva_pi: AVEVA PI | aws_cloudtrail: AWS CloudTrail | aws_cost_report: AWS Cost and Usage Reports |
aws_inventory: AWS Inventory | azure_devops: Azure DevOps | backbone_plm: Backbone PLM |
ballotready: BallotReady | bamboohr: Bamboo HR | big_commerce: BigCommerce |
bigin_by_zoho_crm: Bigin by Zoho CRM | bigmarker: BigMarker | billing_platform: BillingPlatform |
bingads: Microsoft Advertising | bizzabo_app: Bizzabo |
business_central: Microsoft Dynamics 365 Business Central | callrail: CallRail |
campaignmonitor: Campaign Monitor | canvas_by_instructure: Canvas by Instructure |
canvas_data_2_by_instructure: Canvas Data 2 by Instructure | castor_edc: Castor EDC |
chargebee_product_catalog_1: Chargebee Product Catalog 1.0 |
chargebee_product_catalog_2: Chargebee Product Catalog 2.0 | chargedesk: ChargeDesk |
charthop: ChartHop | chartmogul: ChartMogul | checkout: Checkout.com | chorusai: Chorus |
churnzero: ChurnZero | cin7core: Cin7 Core | circleci: CircleCI |
cj_commission_detail: CJ Commission Detail | clickup: ClickUp | cloudtalk: CloudTalk |
commercetools: commercetools | concur: SAP Concur | crowddev: crowd.dev | cube_software: Cube |
customerio: Customer.io | d2l_brightspace: D2L Brightspace | datastreamer_source: Datastreamer |
dbt_cloud: dbt Cloud | dcl_logistics: DCL Logistics | doorloop: DoorLoop |
double_click_campaign_manager: Google Campaign Manager 360 |
double_click_publishers: Google Ad Manager | dsv: DSV | dynamics_365: Microsoft Dynamics 365 CRM |
easypost: EasyPost | ebay: eBay | economic: e-conomic | expensein: ExpenseIn |
ezofficeinventory: EZOfficeInventory | firehydrant: FireHydrant | fivetran_log: Fivetran Platform |
fourkites: FourKites | freshbooks: FreshBooks | freshteam: FreshTeam | fullstory: FullStory |
getfeedback: GetFeedback | github: GitHub | gitlab: GitLab | globalmeet: GlobalMeet |
gocardless: GoCardless | gofundme_pro: GoFundMe Pro | gongio: Gong |
google_display_and_video_360: Google Display & Video 360 | green_power_monitor: GreenPowerMonitor |
grin: GRIN | h_level: HighLevel | happyfox: HappyFox | heartland_retail_pos: Heartland Retail POS |
helpdesk: HelpDesk | helpscout: Help Scout | hibob: HiBob | hilti_ontrack: Hilti On!Track |
hubspot: HubSpot | ilevel: iLevel | impact: Impact Brand | incidentio: incident.io |
ironsource: ironSource | itunes_connect: Apple App Store | jobnimbus: JobNimbus |
justcall: JustCall | keypay: KeyPay | launchdarkly: LaunchDarkly | leap_crm: Leap CRM |
learnupon: LearnUpon | light_speed_retail: Lightspeed Retail |
lightspeed_retail_xseries: Lightspeed Retail X-Series | line_ads: LINE Ads |
linkedin_ads: LinkedIn Ad Analytics | linkedin_company_pages: LinkedIn Company Pages |
linksquares: LinkSquares | livechat_partner: LiveChat Partner | looker_source: Looker |
marin: Marin Software | mavenlink: Kantata | maxio_saasoptics: Maxio SaaSOptics |
microsoft_dynamics_365_fno: Microsoft Dynamics 365 Finance and Operations |
microsoft_entra_id: Microsoft Entra ID | microsoft_power_bi: Microsoft Power BI |
monday: Monday.com | mountain: MNTN | myosh: myosh |
netsuite_suiteanalytics: NetSuite SuiteAnalytics | nice: NICE | on24: ON24 | oncehub: OnceHub |
onetrust: OneTrust | open_data_dc: Open Data DC | openai: OpenAI |
oracle_fusion_cloud_apps_crm: Oracle Fusion Cloud Applications - CRM |
oracle_fusion_cloud_apps_fscm: Oracle Fusion Cloud Applications - FSCM(ERP & SCM) |
oracle_fusion_cloud_apps_hcm: Oracle Fusion Cloud Applications - HCM |
oracle_netsuite_openair: NetSuite SuiteProjects Pro | pagerduty: PagerDuty | pandadoc: PandaDoc |
partnerstack_vendor: PartnerStack Vendor | paypal: PayPal | paypal_sandbox: PayPal Sandbox |
peopleforce: PeopleForce | piwik_pro: Piwik PRO | placerai: Placer.ai | posthog: PostHog |
power_reviews_enterprise: PowerReviews Enterprise | prosperstack: ProsperStack |
quickbooks: QuickBooks | rakutenadvertising: Rakuten Advertising |
rebound_returns: ReBound Returns | referralhero: ReferralHero | replyio: Reply.io |
resource_management_by_smartsheet: Resource Management by Smartsheet | retailnext: RetailNext |
revel: Revel Systems | revenuecat: RevenueCat | reviewsai: REVIEWS.ai | reviewsio: REVIEWS.io |
revops: RevOps | revx: RevX | ringcentral: RingCentral | rtb_house: RTB House |
safebase: SafeBase | safetyculture: SafetyCulture | sage_hr: Sage HR |
sap_business_by_design: SAP Business ByDesign | sap_odata: SAP OData |
sap_success_factors: SAP SuccessFactors | scorm: SCORM | sendgrid: SendGrid |
servicenow: ServiceNow | servicetitan: ServiceTitan | servicetrade: ServiceTrade |
share_point: SharePoint | shareasale: ShareASale | shiphero: ShipHero | shipnetwork: ShipNetwork |
shipstation: ShipStation | shortio: Short.io | sigma_computing_source: Sigma Computing |
sistrix: SISTRIX | skillstx: SkillsTX | skuvault: SkuVault | slack_app: Slack | smarthr: SmartHR |
smartrecruiters: SmartRecruiters | solarwinds_service_desk: SolarWinds Service Desk |
sonarqube: SonarQube | sparkpost: SparkPost | splitio: Split | sprout: Sprout Social |
stackadapt: StackAdapt | stackadapt_graphql: StackAdapt | starrez: StarRez |
statistics_netherlands_cbs: Statistics Netherlands CBS | stickyio: sticky.io |
stripe_test: Stripe test mode | sugarcrm: SugarCRM | survey_monkey: SurveyMonkey |
tableau_source: Tableau | testrail: TestRail | textus: TextUs |
tiktok_organic_app: TikTok Organic | tracksuit_source: Tracksuit | twitter: Twitter Organic |
ukg_pro: UKG Pro | ukg_pro_workforce_management: UKG Pro Workforce Management |
upland: Upland Software | uppromote: UpPromote | visit_by_ges: Visit by GES | vts: VTS | vwo: VWO |
walmart_dsp: Walmart DSP | woocommerce: WooCommerce | wordpress: WordPress |
workday: Workday RaaS | workday_adaptive: Workday Adaptive Planning | workday_hcm: Workday HCM |
workramp: WorkRamp | yahoo_display_ads_on_yahoo_japan: Yahoo Display Ads on Yahoo Japan |
yahoo_dsp: Yahoo DSP | yahoo_search_ads_yahoo_japan: Yahoo Search Ads on Yahoo Japan |
yougov_brandindex: YouGov BrandIndex | yougov_sport: YouGov Sport |
youtube_analytics: YouTube Analytics | zendesk: Zendesk Support | zoho_crm: Zoho CRM
`;

const byType = new Map(
  NAMES.trim()
    .split(/\s*\|\s*/)
    .map((entry) => entry.split(': ', 2) as [type: string, name: string]),
);

/** A connector type as people know it: Google Ads for `google_ads`. */
export function displayNameOf(service: string): string {
  return byType.get(service) ?? capitalized(service);
}

function capitalized(service: string): string {
  return service
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}
