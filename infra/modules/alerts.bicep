// What must wake somebody. Each rule reads only what the app and the Functions host write today; docs/operations.md says what to do for each, by its name.

param location string
param tags object
param name string
param workspaceId string
param emails string[]

@description('Zone of the hours below, in IANA\'s names.')
param timeZone string

// The host writes one row for each state of an orchestration.
var failedOrchestrations = 'AppTraces | where tostring(Properties.Category) == "Host.Triggers.DurableTask" and tostring(Properties.prop__state) == "Failed" and tostring(Properties.prop__functionType) == "Orchestrator"'
var endedOrchestrations = 'AppTraces | where tostring(Properties.Category) == "Host.Triggers.DurableTask" and tostring(Properties.prop__state) == "Completed" and tostring(Properties.prop__functionType) == "Orchestrator"'
var localNow = 'let here = datetime_utc_to_local(now(), "${timeZone}");'

var rules = [
  {
    name: 'seal-failed'
    says: 'A closed half-day could not be sealed.'
    severity: 1
    every: 'PT15M'
    over: 'PT1H'
    query: '${failedOrchestrations} and tostring(Properties.prop__functionName) == "SealSheet"'
  }
  {
    name: 'orchestration-failed'
    says: 'A background run ended in failure and nothing will try it again by itself.'
    severity: 2
    every: 'PT15M'
    over: 'PT1H'
    query: '${failedOrchestrations} and tostring(Properties.prop__functionName) != "SealSheet"'
  }
  {
    name: 'import-missing'
    says: 'At 23:00 no nightly import of the last 24 hours has ended.'
    severity: 1
    every: 'PT1H'
    over: 'P1D'
    query: '${localNow} ${endedOrchestrations} and tostring(Properties.prop__functionName) == "ImportNight" | summarize Ended = count() | where Ended == 0 and datetime_part("hour", here) == 23'
  }
  {
    name: 'export-missing'
    says: 'On the 2nd at 08:00 no export of a month has ended since the month began.'
    severity: 1
    every: 'PT1H'
    over: 'P2D'
    query: '${localNow} ${endedOrchestrations} and tostring(Properties.prop__functionName) == "ExportRegionMonth" | where datetime_utc_to_local(TimeGenerated, "${timeZone}") >= startofmonth(here) | summarize Ended = count() | where Ended == 0 and dayofmonth(here) == 2 and datetime_part("hour", here) == 8'
  }
  {
    name: 'app-silent'
    says: 'The hourly sweep has not run for three hours: the app does not start, or is stopped.'
    severity: 0
    every: 'PT1H'
    over: 'PT3H'
    query: 'AppRequests | where Name == "SweepSheets" and Success == true | summarize Ran = count() | where Ran == 0'
  }
  {
    name: 'error-rate'
    says: 'More than 1 in 100 HTTP calls of the last 15 minutes ended in a fault.'
    severity: 1
    every: 'PT5M'
    over: 'PT15M'
    query: 'AppRequests | where isnotempty(Url) | summarize Calls = count(), Faults = countif(toint(ResultCode) >= 500) | where Faults >= 3 and Faults * 100.0 / Calls > 1'
  }
  {
    name: 'latency'
    says: 'Of the HTTP calls of the last 15 minutes, 1 in 20 took more than 2 seconds.'
    severity: 2
    every: 'PT5M'
    over: 'PT15M'
    query: 'AppRequests | where isnotempty(Url) | summarize Calls = count(), P95 = percentile(DurationMs, 95) | where Calls >= 20 and P95 > 2000'
  }
  {
    name: 'mail-refused'
    says: 'The provider refused five mails or more within an hour.'
    severity: 2
    every: 'PT15M'
    over: 'PT1H'
    query: 'AppTraces | where Message startswith "Mail " and Message has " was refused: " | summarize Refused = count() | where Refused >= 5'
  }
  {
    name: 'timestamp-waiting'
    says: 'For six hours the timestamp authority has left sheets without their timestamp.'
    severity: 3
    every: 'PT1H'
    over: 'PT6H'
    query: 'AppTraces | where Message has " waits for its timestamp: " | summarize Hours = dcount(bin(TimeGenerated, 1h)) | where Hours >= 5'
  }
  {
    name: 'many-locks'
    says: 'Twenty paths or more were locked within an hour by wrong codes: somebody may be guessing.'
    severity: 2
    every: 'PT15M'
    over: 'PT1H'
    query: 'AppTraces | where Message startswith "Five failed proofs lock a path of " | summarize Locks = count() | where Locks >= 20'
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${name}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'emargement'
    emailReceivers: [
      for (email, i) in emails: {
        name: 'operator-${i}'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: '${name}-${rule.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.name
      description: '${rule.says} See docs/operations.md.'
      enabled: true
      severity: rule.severity
      evaluationFrequency: rule.every
      windowSize: rule.over
      scopes: [workspaceId]
      autoMitigate: true
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: {
        actionGroups: [people.id]
      }
    }
  }
]
