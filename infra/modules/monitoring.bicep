param location string
param tags object
param workspaceName string
param insightsName string
param retentionDays int
param dailyCapGb int

@description('Id of the rule below, when an earlier deployment made it; empty before.')
param existingRuleId string

// What the Functions host writes of a call holds its address, and addresses hold secrets of links and codes. The app's own rows hold
// templates of addresses
// (they have the property that isOurs asks for) and pass whole; of all others what comes after the first slash goes, and of an URL what
// comes after the host.
var isOurs = 'tostring(parse_json(tostring(Properties))["emargement.function"]) != ""'
var isOurLine = 'tostring(parse_json(tostring(Properties)).CategoryName) startswith "Emargement."'

// Parts of addresses that a secret, a code or a reference follows; a test compares them with the routes.
var beforeSecrets = [
  '/a/', '/l/', '/m/', '/s/', '/t/', '/v/', '/activations/', '/links/', '/tutor/', '/verify/', '/learners/', '/accounts/', '/invitations/'
  '/statements/', '/officers/'
]
var holdsSecret = join(map(beforeSecrets, part => 'Message contains "${part}"'), ' or ')

// A transformation knows a part of the language only; a test holds these to it.
var transformations = [
  {
    table: 'AppRequests'
    kql: join([
      'source | extend Url = extract(@"^https?://[^/?#]+", 0, Url), OperationName = iif(${isOurs}, OperationName, extract("^[^/]*", 0, '
      'OperationName)), Name = iif(${isOurs}, Name, extract("^[^/]*", 0, Name))'
    ], '')
  }
  {
    table: 'AppDependencies'
    kql: join([
      'source | extend Data = extract(@"^https?://[^/?#]+", 0, Data), OperationName = extract("^[^/]*", 0, OperationName), Name = '
      'extract("^[^/]*", 0, Name)'
    ], '')
  }
  {
    table: 'AppTraces'
    kql: join([
      'source | extend OperationName = extract("^[^/]*", 0, OperationName), Message = iif(${isOurLine}, Message, iif(${holdsSecret}, '
      '"left out: it holds an address", Message))'
    ], '')
  }
  {
    table: 'AppExceptions'
    kql: join([
      'source | extend OperationName = extract("^[^/]*", 0, OperationName), OuterMessage = OuterType, InnermostMessage = InnermostType,'
      ' Message = ExceptionType | project-away Details'
    ], '')
  }
]

module workspace 'workspace.bicep' = {
  params: {
    location: location
    tags: tags
    name: workspaceName
    retentionDays: retentionDays
    dailyCapGb: dailyCapGb
    // Never null once there is a rule: rows that came in meanwhile would be kept with their addresses.
    ruleId: existingRuleId
  }
}

resource rule 'Microsoft.Insights/dataCollectionRules@2023-03-11' = {
  name: 'dcr-${workspaceName}'
  location: location
  tags: tags
  kind: 'WorkspaceTransforms'
  properties: {
    destinations: {
      logAnalytics: [
        {
          name: 'workspace'
          workspaceResourceId: workspace.outputs.id
        }
      ]
    }
    dataFlows: [
      for transformation in transformations: {
        streams: ['Microsoft-Table-${transformation.table}']
        destinations: ['workspace']
        transformKql: transformation.kql
      }
    ]
  }
}

module transformed 'workspace.bicep' = {
  params: {
    location: location
    tags: tags
    name: workspaceName
    retentionDays: retentionDays
    dailyCapGb: dailyCapGb
    ruleId: rule.id
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: insightsName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: transformed.outputs.id
    DisableLocalAuth: true
  }
}

output workspaceId string = transformed.outputs.id
output insightsConnection string = insights.properties.ConnectionString
