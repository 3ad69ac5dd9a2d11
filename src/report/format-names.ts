/** The forms of the report. Apart from what makes them, so that options can name them and help loads none of it. */
export const reportFormatNames = ['table', 'json', 'md', 'html', 'junit', 'csv', 'github-summary'] as const;

/** How a report begins in each of them: a file that does may be replaced by another report. */
export const reportBeginning =
  /^(?:# )?LocalDNS prerequisites|^\{\s*"schemaVersion"|^Record,Status,|<title>LocalDNS |<testsuites name="LocalDNS /;

export type ReportFormat = (typeof reportFormatNames)[number];
