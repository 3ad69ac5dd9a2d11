/** The forms of the report. Apart from what makes them, so that options can name them and help loads none of it. */
export const reportFormatNames = ['table', 'json', 'md', 'html', 'junit', 'csv', 'github-summary'] as const;

export type ReportFormat = (typeof reportFormatNames)[number];
