// Ten years: trainings co-financed by the European social fund. The trainings' own funder may ask for less; what is sealed for ten years
// cannot go before.
using 'main.bicep'

param stage = 'prod'
param operatorEmails = [readEnvironmentVariable('EMARGEMENT_OPERATOR_EMAIL', 'operator@emargement.example')]
param operatorPrincipalId = readEnvironmentVariable('EMARGEMENT_OPERATOR_PRINCIPAL_ID', '')
param lockedContainers = readEnvironmentVariable('EMARGEMENT_LOCKED_CONTAINERS', '')
param existingRuleId = readEnvironmentVariable('EMARGEMENT_EXISTING_RULE_ID', '')
param publicUrl = readEnvironmentVariable('EMARGEMENT_PUBLIC_URL', '')
param mailDomain = readEnvironmentVariable('EMARGEMENT_MAIL_DOMAIN', '')
param mailDomainIsVerified = bool(readEnvironmentVariable('EMARGEMENT_MAIL_DOMAIN_IS_VERIFIED', 'false'))
param timestampUrl = readEnvironmentVariable('EMARGEMENT_TIMESTAMP_URL', '')

param immutabilityDays = 3653
param lockImmutability = bool(readEnvironmentVariable('EMARGEMENT_LOCK_IMMUTABILITY', 'false'))
param lockAgainstDeletion = true
param recordSku = 'Standard_GRS'
param archiveAfterDays = 1100
param recoveryDays = 90
param logDays = 90
param logDailyCapGb = 5
param networkPrefix = readEnvironmentVariable('EMARGEMENT_NETWORK_PREFIX', '')

// Half-days begin at 9 and at 13:30 nearly everywhere: a class of 30 scans within a minute or two.
param alwaysReady = { http: 1, durable: 1 }
param peaks = [
  { from: '08:30', until: '10:00', instances: 4 }
  { from: '13:00', until: '14:30', instances: 4 }
]
param budget = { amount: 500, from: readEnvironmentVariable('EMARGEMENT_BUDGET_FROM', '') }
