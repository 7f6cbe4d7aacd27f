import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

/** When an alarm rings: as soon as one period's value of the metric is above this. `because` says what is wrong then. */
export interface AlarmProps {
  readonly metric: IMetric;
  readonly above: number;
  readonly because: string;
}

/** An alarm that names its article of the handbook. No data is good news. */
export const alarm = (scope: Construct, id: string, { metric, above, because }: AlarmProps): Alarm =>
  new Alarm(scope, id, {
    alarmDescription: `${because} (ARCHITECTURE.md, "When an alarm rings")`,
    metric,
    threshold: above,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
