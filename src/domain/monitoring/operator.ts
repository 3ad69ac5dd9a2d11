/** Where resources of the Prometheus Operator go, and the labels by which a Prometheus selects them. */
export interface OperatorNames {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}
