import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { Resource, Step } from './step.ts';

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** No Scan, for nobody: the cost of a lead must not grow with the number of leads. Transactions need no action of their own. */
const READ = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:ConditionCheckItem'];
const WRITE = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'];

/** The one table, its stream and its three indexes (keys only: what they point to is read from the table). */
export class LeadTable extends Construct implements Resource {
  readonly table: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new Table(this, 'Leads', {
      partitionKey: text('pk'),
      sortKey: text('sk'),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: 'expiresAt',
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.index('byList', 'list', 'sort');
    this.index('byOwner', 'owner', 'sort');
    this.index('byDue', 'due', 'dueAt');
  }

  private index(indexName: string, partition: string, sort: string): void {
    this.table.addGlobalSecondaryIndex({
      indexName,
      partitionKey: text(partition),
      sortKey: text(sort),
      projectionType: ProjectionType.KEYS_ONLY,
    });
  }

  grantTo(step: Step): void {
    step.tell('TABLE_NAME', this.table.tableName);
    step.allow([...READ, ...WRITE], [this.table.tableArn]);
    step.allow(['dynamodb:Query'], [`${this.table.tableArn}/index/*`]);
  }
}
