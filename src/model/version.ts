/** The version sent to Fivetran in `User-Agent`; a test holds it to package.json's. */
export const VERSION = '1.0.0';
