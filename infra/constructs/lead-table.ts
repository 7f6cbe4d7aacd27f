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
const READ = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
const WRITE = ['dynamodb:PutItem', 'dynamodb:UpdateItem'];

/** The indexes: lists for people, a rep's leads and a team's reps, what falls due. */
const INDEXES = { byList: ['list', 'sort'], byOwner: ['owner', 'sort'], byDue: ['due', 'dueAt'] } as const;

/**
 * The one table, its stream and its three indexes (keys only: what they point to is read from the table; beside them how a company's
 * customers are called).
 */
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
    for (const [indexName, [partition, sort]] of Object.entries(INDEXES)) {
      this.table.addGlobalSecondaryIndex({
        indexName,
        partitionKey: text(partition),
        sortKey: text(sort),
        ...(indexName === 'byList'
          ? { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: ['called'] }
          : { projectionType: ProjectionType.KEYS_ONLY }),
      });
    }
  }

  /** Reading and writing items by key. */
  grantTo(step: Step): void {
    step.tell('TABLE_NAME', this.table.tableName);
    step.allow([...READ, ...WRITE], [this.table.tableArn]);
  }

  /** Only adding items: for a step that puts things aside. */
  get adding(): Resource {
    return {
      grantTo: (step) => {
        step.tell('TABLE_NAME', this.table.tableName);
        step.allow(['dynamodb:PutItem'], [this.table.tableArn]);
      },
    };
  }

  /** Taking items away: for who erases what is known of a person, and nobody else. */
  get erasing(): Resource {
    return { grantTo: (step) => step.allow(['dynamodb:DeleteItem'], [this.table.tableArn]) };
  }

  /** Finding items through indexes, beside reading them by key. */
  foundBy(...names: (keyof typeof INDEXES)[]): Resource {
    const indexes = names.map((name) => `${this.table.tableArn}/index/${name}`);
    return { grantTo: (step) => step.allow(['dynamodb:Query'], indexes) };
  }
}
