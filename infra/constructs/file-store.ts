import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, HttpMethods } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Resource, Step } from './step.ts';

/** Where uploads lie until they are taken. */
const UPLOADS = 'uploads/';
/** What HR knew of the staff, kept for two months; and where rosters are dropped, and moved to once they were taken. */
const ROSTERS = 'hr/';
const PUSHES = `${ROSTERS}pushes/`;
const INBOX = `${ROSTERS}inbox/`;

/** Where files of leads are dropped, and moved to once they were read; these are kept as long as leads' quarantine. */
const IMPORTS = 'imports/';
const DROPPED = `${IMPORTS}inbox/`;

/** Minutes, quotations, recordings: as long as their leads. */
const EVIDENCE = 'evidence/';

/** What Amazon Transcribe wrote: long enough to be told who speaks. */
const TRANSCRIPTS = 'transcripts/';

/** The bucket: compiled territories, each version kept; uploads, for a day. Read by whoever uses it. */
export class FileStore extends Construct implements Resource {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Files', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        { prefix: UPLOADS, expiration: Duration.days(1), noncurrentVersionExpiration: Duration.days(1) },
        { prefix: TRANSCRIPTS, expiration: Duration.days(30), noncurrentVersionExpiration: Duration.days(1) },
        { prefix: PUSHES, expiration: Duration.days(60), noncurrentVersionExpiration: Duration.days(1) },
        ...['done/', 'failed/'].map((read) => ({
          prefix: `${IMPORTS}${read}`,
          expiration: Duration.days(30),
          noncurrentVersionExpiration: Duration.days(1),
        })),
        // What is erased is gone a day later.
        { prefix: EVIDENCE, noncurrentVersionExpiration: Duration.days(1) },
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      cors: [{ allowedMethods: [HttpMethods.PUT], allowedOrigins: ['*'], allowedHeaders: ['content-type'] }],
    });
  }

  /** Reading objects. */
  grantTo(step: Step): void {
    step.tell('BUCKET_NAME', this.bucket.bucketName);
    step.allow(['s3:GetObject'], [this.bucket.arnForObjects('*')]);
  }

  /** Reading and adding objects. */
  get adding(): Resource {
    return {
      grantTo: (step) => {
        this.grantTo(step);
        step.allow(['s3:PutObject'], [this.bucket.arnForObjects('*')]);
      },
    };
  }

  /** Adding and reading the files that prove contacts. */
  get evidence(): Resource {
    return {
      grantTo: (step) => {
        // Without a condition: only who may list a bucket is told that an object is not there.
        step.allow(['s3:ListBucket'], [this.bucket.bucketArn]);
        step.allow(['s3:PutObject'], [this.bucket.arnForObjects(`${EVIDENCE}*`)]);
      },
    };
  }

  /** Finding and taking away what proves contacts, what was heard in recordings, and copies of files of leads. */
  get erasing(): Resource {
    return {
      grantTo: (step) => {
        step.allow(['s3:ListBucket'], [this.bucket.bucketArn]);
        step.allow(
          ['s3:DeleteObject'],
          [EVIDENCE, TRANSCRIPTS, `${IMPORTS}done/`, `${IMPORTS}failed/`].map((prefix) =>
            this.bucket.arnForObjects(`${prefix}*`),
          ),
        );
      },
    };
  }

  /** Recordings, read, and what was said in them, written: by Amazon Transcribe, in the step's name. */
  get transcripts(): Resource {
    return {
      grantTo: (step) => {
        step.tell('BUCKET_NAME', this.bucket.bucketName);
        // Without a condition: only who may list a bucket is told that an object is not there.
        step.allow(['s3:ListBucket'], [this.bucket.bucketArn]);
        step.allow(
          ['s3:GetObject'],
          [`${EVIDENCE}*`, `${TRANSCRIPTS}*`].map((keys) => this.bucket.arnForObjects(keys)),
        );
        step.allow(['s3:PutObject'], [this.bucket.arnForObjects(`${TRANSCRIPTS}*`)]);
      },
    };
  }

  /** Finding rosters and what HR knew, and emptying the inbox. */
  get rosters(): Resource {
    return {
      grantTo: (step) => {
        // Without a condition: only who may list a bucket is told that an object is not there.
        step.allow(['s3:ListBucket'], [this.bucket.bucketArn]);
        step.allow(['s3:DeleteObject'], [this.bucket.arnForObjects(`${INBOX}*`)]);
      },
    };
  }

  /** Finding files of leads, and emptying their inbox. */
  get imports(): Resource {
    return {
      grantTo: (step) => {
        step.allow(['s3:ListBucket'], [this.bucket.bucketArn]);
        step.allow(['s3:DeleteObject'], [this.bucket.arnForObjects(`${DROPPED}*`)]);
      },
    };
  }
}
