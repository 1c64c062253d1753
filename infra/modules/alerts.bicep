// What must wake somebody. Each rule reads what the app itself measures and logs, and spans of orchestrations; docs/operations.md says
// what to do for each, by its name.

param location string
param tags object
param name string
param workspaceId string
param emails string[]

// A table comes to be with its first row, and a query that names none that exists fails: it would not even fire for an app that never
// started.
// So each is read together with an empty one of the same columns.
var metrics = join([
  'union isfuzzy=true (datatable(TimeGenerated: datetime, Name: string, Properties: dynamic, Sum: real, ItemCount: int) []), AppMetrics'
], '')
var requests = join([
  'union isfuzzy=true (datatable(TimeGenerated: datetime, Name: string, Properties: dynamic, Url: string, ResultCode: string, Success: '
  'bool, DurationMs: real, ItemCount: int) []), AppRequests'
], '')
var traces = 'union isfuzzy=true (datatable(TimeGenerated: datetime, Message: string) []), AppTraces'

// A run that fails is counted by the app; one that never comes to run (its input or history cannot be read) leaves only the span that
// Durable writes of it.
var sealFailed = join([
  'union (${metrics} | where Name == "emargement.orchestrations.failed" and tostring(Properties.orchestration) == "SealSheet"), '
  '(${requests} | where Name == "orchestration:SealSheet" and Success == false)'
], '')
var otherFailed = join([
  'union (${metrics} | where Name == "emargement.orchestrations.failed" and tostring(Properties.orchestration) != "SealSheet"), '
  '(${requests} | where Name startswith "orchestration:" and Name != "orchestration:SealSheet" and Success == false)'
], '')

var rules = [
  {
    name: 'seal-failed'
    says: 'A closed half-day could not be sealed.'
    severity: 1
    every: 'PT15M'
    over: 'PT1H'
    query: sealFailed
  }
  {
    name: 'orchestration-failed'
    says: 'A background run ended in failure and nothing will try it again by itself.'
    severity: 2
    every: 'PT15M'
    over: 'PT1H'
    query: otherFailed
  }
  {
    name: 'import-missing'
    says: join([
      'An hour after its time, at 23:00 at the latest where nights begin at 21:00 or 22:00, the planning of an organisation has not '
      'been imported.'
    ], '')
    severity: 1
    every: 'PT1H'
    over: 'PT2H'
    query: '${metrics} | where Name == "emargement.import.late" | summarize arg_max(TimeGenerated, Sum) | where Sum > 0'
  }
  {
    name: 'export-missing'
    says: 'On the 2nd, or later, a month of a Région has not been exported.'
    severity: 1
    every: 'PT1H'
    over: 'PT2H'
    query: '${metrics} | where Name == "emargement.export.late" | summarize arg_max(TimeGenerated, Sum) | where Sum > 0'
  }
  {
    name: 'app-silent'
    says: 'The hourly sweep has not run for three hours: the app does not start, or is stopped.'
    severity: 0
    every: 'PT1H'
    over: 'PT3H'
    query: join([
      '${metrics} | where Name == "emargement.function.duration" and tostring(Properties["function"]) == "SweepSheets" and '
      'tostring(Properties.outcome) == "done" | summarize Rows = count() | where Rows == 0'
    ], '')
  }
  {
    name: 'timer-silent'
    says: 'A timer has not run to its end for two hours, or the one that measures the others has not.'
    severity: 1
    every: 'PT1H'
    over: 'PT3H'
    // Of every timer an age: one that never ran has none, and neither has any when the measuring stops. A test compares the number.
    query: join([
      '${metrics} | where Name == "emargement.timer.age" | summarize arg_max(TimeGenerated, Sum) by Timer = tostring(Properties.timer) '
      '| summarize Timers = count(), Silent = make_set_if(Timer, Sum > 7200) | where Timers < 10 or array_length(Silent) > 0'
    ], '')
  }
  {
    name: 'error-rate'
    says: 'More than 1 in 100 HTTP calls of the last 15 minutes ended in a fault.'
    severity: 1
    every: 'PT5M'
    over: 'PT15M'
    // The app's own count, and the host's: a worker that does not start answers nothing itself.
    query: join([
      'union (${metrics} | where Name == "emargement.function.duration" and tostring(Properties.trigger) == "http" '
      '| summarize Calls = sum(ItemCount), Faults = sumif(ItemCount, tostring(Properties.outcome) == "fault")), (${requests} '
      '| where isempty(tostring(Properties["emargement.function"])) and isnotempty(Url) '
      '| summarize Calls = sum(ItemCount), Faults = sumif(ItemCount, toint(ResultCode) >= 500)) '
      '| where Faults >= 3 and Faults * 100.0 / Calls > 1'
    ], '')
  }
  {
    name: 'latency'
    says: 'Of the HTTP calls of the last 15 minutes, 1 in 20 took more than 2 seconds.'
    severity: 2
    every: 'PT5M'
    over: 'PT15M'
    query: join([
      '${requests} | where isnotempty(tostring(Properties["emargement.function"])) and tostring(Properties["faas.trigger"]) == "http" '
      '| summarize Calls = sum(ItemCount), P95 = percentilew(DurationMs, ItemCount, 95) | where Calls >= 20 and P95 > 2000'
    ], '')
  }
  {
    name: 'mail-refused'
    says: 'The provider refused five mails or more within an hour.'
    severity: 2
    every: 'PT15M'
    over: 'PT1H'
    query: join([
      '${metrics} | where Name == "emargement.mails" and tostring(Properties.outcome) == "Refused" | summarize Refused = sum(Sum) '
      '| where Refused >= 5'
    ], '')
  }
  {
    name: 'timestamp-waiting'
    says: 'For six hours the timestamp authority has left sheets without their timestamp.'
    severity: 3
    every: 'PT1H'
    over: 'PT6H'
    query: join([
      '${traces} | where Message has " waits for its timestamp: " | summarize Hours = dcount(bin(TimeGenerated, 1h)) | where Hours >= 5'
    ], '')
  }
  {
    name: 'many-locks'
    says: 'Twenty paths or more were locked within an hour by wrong codes: somebody may be guessing.'
    severity: 2
    every: 'PT15M'
    over: 'PT1H'
    query: '${traces} | where Message startswith "Five failed proofs lock a path of " | summarize Locks = count() | where Locks >= 20'
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
      // Before the app's first row no table is there to check the query against.
      skipQueryValidation: true
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
