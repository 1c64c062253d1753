// As production, smaller: where the journeys travel before a release.
using 'main.bicep'

param stage = 'test'
param operatorEmails = [readEnvironmentVariable('EMARGEMENT_OPERATOR_EMAIL', 'operator@emargement.example')]
param operatorPrincipalId = readEnvironmentVariable('EMARGEMENT_OPERATOR_PRINCIPAL_ID', '')
param lockedContainers = readEnvironmentVariable('EMARGEMENT_LOCKED_CONTAINERS', '')
param existingRuleId = readEnvironmentVariable('EMARGEMENT_EXISTING_RULE_ID', '')
param immutabilityDays = 1
param recoveryDays = 14
param networkPrefix = readEnvironmentVariable('EMARGEMENT_NETWORK_PREFIX', '')
param alwaysReady = { http: 1, durable: 0 }
// No placement is real here: the journeys travel one in a minute.
param rehearsalDaySeconds = 5
param budget = { amount: 100, from: readEnvironmentVariable('EMARGEMENT_BUDGET_FROM', '') }
