import type { PackState } from '../estate.ts';

/** The packs of the security account in its home region with their deployment states. */
export const homePacks: Readonly<Record<string, PackState>> = {
  'OrgConformsPack-data-protection-7hd2m0pz': 'CREATE_COMPLETE',
  'OrgConformsPack-security-baseline-k3v9q2xw': 'CREATE_COMPLETE',
  'aws-control-tower-detective-guardrails': 'CREATE_COMPLETE',
  'operational-best-practices-for-amazon-s3': 'CREATE_COMPLETE',
  'operational-best-practices-for-aws-identity-and-access-management': 'CREATE_COMPLETE',
  'operational-best-practices-for-cis-aws-v1-4-level1': 'CREATE_COMPLETE',
  'operational-best-practices-for-encryption-and-keys': 'CREATE_FAILED',
  'operational-best-practices-for-fedramp-moderate': 'DELETED',
  'operational-best-practices-for-hipaa-security': 'DELETE_FAILED',
  'operational-best-practices-for-load-balancing': 'CREATE_COMPLETE',
  'operational-best-practices-for-networking-and-content-delivery-services': 'CREATE_IN_PROGRESS',
  'operational-best-practices-for-nist-800-53-rev-5': 'CREATE_COMPLETE',
  'operational-best-practices-for-pci-dss': 'CREATE_COMPLETE',
  'operational-best-practices-for-serverless': 'DELETE_IN_PROGRESS',
  'security-best-practices-for-redshift': 'CREATE_COMPLETE',
};

/** The number of resources by type. Without a Redshift cluster, the pack for Redshift has insufficient data. */
export const homeInventory: Readonly<Record<string, number>> = {
  'AWS::::Account': 1,
  'AWS::S3::Bucket': 13,
  'AWS::IAM::User': 5,
  'AWS::EC2::Instance': 8,
  'AWS::EC2::Volume': 11,
  'AWS::EC2::SecurityGroup': 9,
  'AWS::EC2::VPC': 2,
  'AWS::RDS::DBInstance': 3,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 2,
  'AWS::CloudTrail::Trail': 2,
  'AWS::KMS::Key': 6,
  'AWS::Lambda::Function': 12,
  'AWS::DynamoDB::Table': 4,
  'AWS::Redshift::Cluster': 0,
  'AWS::SecretsManager::Secret': 7,
  'AWS::SNS::Topic': 5,
};

/** The number of non-compliant resources by rule. The pack for S3 has 25 failures of 65 results, that for IAM 4 of 25. */
export const homeFailing: Readonly<Record<string, number>> = {
  's3-bucket-versioning-enabled': 4,
  's3-bucket-server-side-encryption-enabled': 3,
  's3-bucket-public-read-prohibited': 1,
  's3-bucket-ssl-requests-only': 9,
  's3-bucket-logging-enabled': 8,
  's3-bucket-replication-enabled': 11,
  's3-bucket-default-lock-enabled': 12,
  'iam-user-mfa-enabled': 1,
  'iam-user-unused-credentials-check': 2,
  'access-keys-rotated': 1,
  'ec2-imdsv2-check': 3,
  'ec2-instance-no-public-ip': 1,
  'ec2-instance-detailed-monitoring-enabled': 6,
  'ec2-volume-inuse-check': 2,
  'restricted-ssh': 1,
  'vpc-default-security-group-closed': 2,
  'rds-multi-az-support': 2,
  'alb-waf-enabled': 1,
  'cloud-trail-encryption-enabled': 1,
  'cmk-backing-key-rotation-enabled': 2,
  'lambda-dlq-check': 7,
  'lambda-inside-vpc': 5,
  'dynamodb-autoscaling-enabled': 1,
  'secretsmanager-rotation-enabled-check': 3,
  'sns-encrypted-kms': 2,
};
