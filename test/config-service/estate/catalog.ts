/** A managed rule of AWS Config: the resources it evaluates, its controls, and its annotation of failing resources. */
export interface ManagedRule {
  readonly name: string;
  readonly resourceType: string;
  readonly controls: readonly string[];
  readonly annotation: string;
}

const bucket = 'AWS::S3::Bucket';
const instance = 'AWS::EC2::Instance';
const volume = 'AWS::EC2::Volume';
const vpc = 'AWS::EC2::VPC';
const securityGroup = 'AWS::EC2::SecurityGroup';
const user = 'AWS::IAM::User';
const account = 'AWS::::Account';
const database = 'AWS::RDS::DBInstance';
const balancer = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const trail = 'AWS::CloudTrail::Trail';
const key = 'AWS::KMS::Key';
const lambda = 'AWS::Lambda::Function';
const table = 'AWS::DynamoDB::Table';
const cluster = 'AWS::Redshift::Cluster';
const secret = 'AWS::SecretsManager::Secret';
const topic = 'AWS::SNS::Topic';

/** Managed rules by resource type. The controls are from NIST SP 800-53. */
export const managedRules: readonly ManagedRule[] = [
  rule('s3-bucket-versioning-enabled', bucket, 'CP-9 SI-12', 'Versioning is not enabled on this S3 bucket.'),
  rule('s3-bucket-server-side-encryption-enabled', bucket, 'SC-13 SC-28', 'Default encryption is not enabled.'),
  rule('s3-bucket-public-read-prohibited', bucket, 'AC-3 AC-4 SC-7', 'The bucket policy allows public read access.'),
  rule('s3-bucket-public-write-prohibited', bucket, 'AC-3 AC-4 SC-7', 'The bucket ACL allows public write access.'),
  rule('s3-bucket-ssl-requests-only', bucket, 'AC-17 SC-8', 'The bucket policy does not deny requests without TLS.'),
  rule('s3-bucket-logging-enabled', bucket, 'AU-2 AU-3 AU-12', 'Server access logging is not enabled.'),
  rule('s3-bucket-replication-enabled', bucket, 'CP-9 CP-10', 'The bucket has no replication rule.'),
  rule('s3-bucket-default-lock-enabled', bucket, 'SC-28 SI-12', 'Object Lock is not enabled on this bucket.'),
  rule('s3-account-level-public-access-blocks', account, 'AC-3 SC-7', 'BlockPublicPolicy is off for this account.'),
  rule('iam-password-policy', account, 'AC-2 IA-5', 'The password policy allows fewer than 14 characters.'),
  rule('iam-root-access-key-check', account, 'AC-2 AC-6', 'The root user has an access key.'),
  rule('root-account-mfa-enabled', account, 'AC-2 IA-2', 'The root user signs in without a second factor.'),
  rule('root-account-hardware-mfa-enabled', account, 'AC-2 IA-2', 'The root user has no hardware MFA device.'),
  rule('securityhub-enabled', account, 'AU-6 SI-4', 'AWS Security Hub is not enabled.'),
  rule('guardduty-enabled-centralized', account, 'SI-4', 'Amazon GuardDuty is not enabled centrally.'),
  rule('ec2-ebs-encryption-by-default', account, 'SC-13 SC-28', 'EBS encryption by default is off in this region.'),
  rule('iam-user-mfa-enabled', user, 'AC-2 IA-2', 'No MFA device is enabled for this user.'),
  rule('iam-user-unused-credentials-check', user, 'AC-2 AC-6', 'The credentials were not used for 90 days.'),
  rule('iam-user-no-policies-check', user, 'AC-3 AC-6', 'A policy is attached to the user itself.'),
  rule('access-keys-rotated', user, 'AC-2 IA-5', 'The active access key is older than 90 days.'),
  rule('ec2-instance-no-public-ip', instance, 'AC-4 SC-7', 'The instance has a public IPv4 address.'),
  rule('ec2-imdsv2-check', instance, 'AC-6', 'The instance metadata service accepts version 1.'),
  rule(
    'ec2-instance-managed-by-systems-manager',
    instance,
    'CM-2 CM-8',
    'Systems Manager does not manage the instance.',
  ),
  rule('ec2-instance-detailed-monitoring-enabled', instance, 'CA-7 SI-4', 'Detailed monitoring is not enabled.'),
  rule('ec2-volume-inuse-check', volume, 'CM-2', 'The volume is attached to no instance.'),
  rule('encrypted-volumes', volume, 'SC-13 SC-28', 'The volume is not encrypted.'),
  rule('restricted-ssh', securityGroup, 'AC-4 SC-7', 'Port 22 is open to 0.0.0.0/0.'),
  rule('restricted-common-ports', securityGroup, 'AC-4 CM-2 SC-7', 'Port 3389 is open to 0.0.0.0/0.'),
  rule('vpc-default-security-group-closed', securityGroup, 'AC-4 SC-7', 'The default security group allows traffic.'),
  rule('vpc-flow-logs-enabled', vpc, 'AU-2 AU-12', 'No flow log is active for this VPC.'),
  rule('rds-storage-encrypted', database, 'SC-13 SC-28', 'The storage of the DB instance is not encrypted.'),
  rule('rds-instance-public-access-check', database, 'AC-4 SC-7', 'The DB instance is publicly accessible.'),
  rule('rds-multi-az-support', database, 'CP-10 SC-5', 'The DB instance runs in one Availability Zone.'),
  rule('db-instance-backup-enabled', database, 'CP-9 SI-12', 'Automated backups are kept for 0 days.'),
  rule(
    'rds-automatic-minor-version-upgrade-enabled',
    database,
    'SI-2',
    'Minor versions are not upgraded automatically.',
  ),
  rule('alb-http-to-https-redirection-check', balancer, 'AC-17 SC-8', 'A listener answers HTTP without redirecting.'),
  rule('elb-deletion-protection-enabled', balancer, 'CM-2 CP-10', 'Deletion protection is off.'),
  rule('alb-waf-enabled', balancer, 'SC-7 SI-4', 'No web ACL is associated with the load balancer.'),
  rule('cloud-trail-encryption-enabled', trail, 'AU-9 SC-28', 'The trail writes without a KMS key.'),
  rule('cloud-trail-log-file-validation-enabled', trail, 'AU-9 SI-7', 'Log file validation is not enabled.'),
  rule('cloud-trail-cloud-watch-logs-enabled', trail, 'AU-6 AU-12', 'The trail does not deliver to CloudWatch Logs.'),
  rule('cmk-backing-key-rotation-enabled', key, 'SC-12', 'The key is not rotated every year.'),
  rule('kms-cmk-not-scheduled-for-deletion', key, 'SC-12 SC-28', 'The key is scheduled for deletion.'),
  rule('lambda-function-public-access-prohibited', lambda, 'AC-3 AC-6', 'The function policy allows public access.'),
  rule('lambda-inside-vpc', lambda, 'AC-4 SC-7', 'The function is not attached to a VPC.'),
  rule('lambda-dlq-check', lambda, 'AU-6 CA-7', 'The function has no dead-letter queue.'),
  rule('dynamodb-pitr-enabled', table, 'CP-9 SI-12', 'Point-in-time recovery is not enabled.'),
  rule('dynamodb-autoscaling-enabled', table, 'CP-10 SC-5', 'Auto scaling is not enabled for this table.'),
  rule('redshift-cluster-configuration-check', cluster, 'AU-2 SC-13', 'Audit logging is not enabled.'),
  rule('redshift-require-tls-ssl', cluster, 'AC-17 SC-8', 'The parameter group does not require TLS.'),
  rule('redshift-cluster-public-access-check', cluster, 'AC-4 SC-7', 'The cluster is publicly accessible.'),
  rule('secretsmanager-rotation-enabled-check', secret, 'AC-2 IA-5', 'Rotation is not enabled for this secret.'),
  rule('secretsmanager-secret-unused', secret, 'AC-2', 'The secret was not read for 90 days.'),
  rule('sns-encrypted-kms', topic, 'SC-13 SC-28', 'The topic is not encrypted with a KMS key.'),
];

const byName = new Map(managedRules.map((managed) => [managed.name, managed]));

/** Returns a managed rule. Throws for an unknown name, which is a programming error. */
export function getManagedRule(name: string): ManagedRule {
  const managedRule = byName.get(name);
  if (managedRule === undefined) throw new Error(`No managed rule ${name}`);
  return managedRule;
}

function rule(name: string, resourceType: string, controls: string, annotation: string): ManagedRule {
  return { name, resourceType, controls: controls.split(' '), annotation };
}
