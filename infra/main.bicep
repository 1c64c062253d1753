// One environment of Emargement.Functions, in a resource group of its own. Nothing here is a secret, and nothing is reached by a key.
metadata description = 'Emargement.Functions: app, record, vault, mail, monitoring and rights of one environment.'

@description('Where everything runs.')
param location string = resourceGroup().location

@allowed(['dev', 'test', 'prod'])
param stage string

@description('Starts the names of the resources: 3 to 11 of a-z and 0-9.')
@minLength(3)
@maxLength(11)
param name string = 'emargement'

@description('Who receives alerts and news of the budget.')
param operatorEmails string[]

@description('Object id of the person, group or pipeline that imports certificates and makes the operator\'s key; empty for nobody.')
param operatorPrincipalId string = ''

@description('''
Address under which people reach the app, such as https://emargement.example; empty for that of Azure. Sheets print it for years: choose
it before the first half-day.''')
param publicUrl string = ''

@description('Days for which sealed documents can be neither changed nor deleted.')
@minValue(1)
@maxValue(146000)
param immutabilityDays int

@description('Whether the retention is to be locked for good; infra/deploy does it, for a template cannot.')
param lockImmutability bool = false

@description('Containers whose retention is locked already, separated by commas; infra/deploy looks and says so.')
param lockedContainers string = ''

@description('Redundancy of the record. The archive tier exists only without zone redundancy.')
@allowed(['Standard_LRS', 'Standard_GRS', 'Standard_ZRS', 'Standard_GZRS'])
param recordSku string = 'Standard_LRS'

@description('Days after which sealed documents move to the cool tier.')
param coolAfterDays int = 90

@description('Days after which sealed documents move to the archive tier; 0 for never.')
param archiveAfterDays int = 0

@description('Days for which what was deleted or overwritten can be brought back.')
@minValue(2)
@maxValue(365)
param recoveryDays int = 30

@description('Days for which imported files and their reports are kept.')
param importsKeptDays int = 400

@description('Whether the record refuses to be deleted.')
param lockAgainstDeletion bool = false

@description('Address of an RFC 3161 timestamp authority; empty for sheets of level B-B.')
param timestampUrl string = ''

@description('SHA-256 thumbprints of seal certificates used before, separated by commas.')
param formerSealThumbprints string = ''

@description('Whether the vault has a certificate protection-former, used before the present one.')
param hasFormerProtection bool = false

@description('Domain that mails come from; empty for one of Azure.')
param mailDomain string = ''

@description('Whether that domain is verified in DNS.')
param mailDomainIsVerified bool = false

@description('''
Mails a minute and an hour that Azure's support has granted to the subscription, for a domain of your own; empty for the limits that every
new subscription has.''')
param grantedMailLimits { perMinute: int, perHour: int }?

@description('Days for which a tutor\'s link opens.')
@minValue(1)
@maxValue(365)
param tutorLinkDays int = 45

@description('''
Seconds that stand for a day of a placement, so that the journeys can travel one; 0 where placements are real. Never in prod.''')
@minValue(0)
@maxValue(3600)
param rehearsalDaySeconds int = 0

@description('Instances always ready outside of peaks. Flex Consumption bills each for every second.')
param alwaysReady { http: int, durable: int } = { http: 0, durable: 0 }

@description('Hours of working days with other numbers of instances ready for HTTP calls.')
param peaks { from: string, until: string, instances: int }[] = []

@description('Most instances at once.')
@minValue(40)
@maxValue(1000)
param maximumInstances int = 40

param instanceMemoryMB int = 2048

@description('Zone of the hours of peaks, as Windows names it.')
param timeZone string = 'Romance Standard Time'

@description('Days for which logs are kept.')
param logDays int = 30

param logDailyCapGb int = 1

@description('''
Amount a month, in the subscription's currency, and the first day of the month from which it counts: that of the budget that exists; empty
for this month.''')
param budget { amount: int, from: string }

@description('First day of this month: a budget cannot begin in the past.')
param thisMonth string = utcNow('yyyy-MM-01')

@description('''
Id of the data collection rule dcr-log-NAME-STAGE, which cuts addresses out of telemetry, when an earlier deployment made it; empty
before. infra/deploy looks and says so.''')
param existingRuleId string = ''

@description('Network of the app, as a prefix of /24, with private endpoints; empty for public endpoints that take identities only.')
param networkPrefix string = ''

var tags = { application: 'emargement', stage: stage }
var base = '${name}-${stage}'
var unique = take(uniqueString(resourceGroup().id), 6)
var appName = '${base}-${unique}'
var recordName = take('${name}${stage}rec${unique}', 24)
var hostingName = take('${name}${stage}run${unique}', 24)
var vaultName = take('kv-${name}${stage}-${unique}', 24)
var communicationName = 'acs-${appName}'
var insightsName = 'appi-${base}'
// A subscription's limits for Azure's own domain, which no support raises, and for others.
var mailLimits = grantedMailLimits ?? (empty(mailDomain) ? { perMinute: 5, perHour: 10 } : { perMinute: 30, perHour: 100 })
var private = !empty(networkPrefix)
var publicNetworkAccess = private ? 'Disabled' : 'Enabled'
var secretOf = '@Microsoft.KeyVault(SecretUri=${vault.outputs.uri}secrets/'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-${base}'
  location: location
  tags: tags
}

resource peaksIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = if (!empty(peaks)) {
  name: 'id-${base}-peaks'
  location: location
  tags: tags
}

module monitoring 'modules/monitoring.bicep' = {
  params: {
    location: location
    tags: tags
    workspaceName: 'log-${base}'
    insightsName: insightsName
    retentionDays: logDays
    dailyCapGb: logDailyCapGb
    existingRuleId: existingRuleId
  }
}

module record 'modules/data.bicep' = {
  params: {
    location: location
    tags: tags
    name: recordName
    sku: recordSku
    publicNetworkAccess: publicNetworkAccess
    immutableContainers: ['sheets', 'evidence', 'papers', 'exports']
    workContainers: ['imports', 'justifications', 'platform']
    immutabilityDays: immutabilityDays
    lockedContainers: split(lockedContainers, ',')
    coolAfterDays: coolAfterDays
    archiveAfterDays: archiveAfterDays
    recoveryDays: recoveryDays
    importsKeptDays: importsKeptDays
    lockAgainstDeletion: lockAgainstDeletion
  }
}

module hosting 'modules/hosting.bicep' = {
  params: {
    location: location
    tags: tags
    name: hostingName
    publicNetworkAccess: publicNetworkAccess
  }
}

module vault 'modules/vault.bicep' = {
  params: {
    location: location
    tags: tags
    name: vaultName
    publicNetworkAccess: publicNetworkAccess
    purgeProtection: stage == 'prod'
    workspaceId: monitoring.outputs.workspaceId
  }
}

module mail 'modules/mail.bicep' = {
  params: {
    tags: tags
    name: communicationName
    dataLocation: 'France'
    domain: mailDomain
    domainIsVerified: mailDomainIsVerified
    senderUser: 'emargement'
  }
}

module network 'modules/network.bicep' = if (private) {
  params: {
    location: location
    tags: tags
    name: base
    addressPrefix: networkPrefix
    recordId: record.outputs.id
    hostingId: hosting.outputs.id
    vaultId: vault.outputs.id
  }
}

module app 'modules/app.bicep' = {
  params: {
    location: location
    tags: tags
    name: appName
    identityId: identity.id
    identityClientId: identity.properties.clientId
    hostingName: hosting.outputs.name
    packagesUrl: hosting.outputs.packagesUrl
    insightsConnection: monitoring.outputs.insightsConnection
    alwaysReadyHttp: alwaysReady.http
    alwaysReadyDurable: alwaysReady.durable
    maximumInstances: maximumInstances
    instanceMemoryMB: instanceMemoryMB
    subnetId: private ? network!.outputs.appSubnetId : ''
    settings: union(
      {
        Storage__AccountName: record.outputs.name
        Access__OperatorKey: '${secretOf}operator-key)'
        Access__PublicUrl: empty(publicUrl) ? 'https://${appName}.azurewebsites.net' : publicUrl
        Seal__Certificate: '${secretOf}seal)'
        Protection__Certificate: '${secretOf}protection)'
        Mail__Endpoint: mail.outputs.endpoint
        Mail__Sender: mail.outputs.sender
        Mail__PerMinute: string(mailLimits.perMinute)
        Mail__PerHour: string(mailLimits.perHour)
        Placements__LinkDays: string(tutorLinkDays)
      },
      rehearsalDaySeconds == 0 || stage == 'prod' ? {} : { Placements__RehearsalDaySeconds: string(rehearsalDaySeconds) },
      empty(timestampUrl) ? {} : { Seal__TimestampUrl: timestampUrl },
      empty(formerSealThumbprints) ? {} : { Seal__FormerThumbprints: formerSealThumbprints },
      hasFormerProtection ? { Protection__FormerCertificate: '${secretOf}protection-former)' } : {}
    )
  }
}

module timetable 'modules/peaks.bicep' = if (!empty(peaks)) {
  params: {
    location: location
    tags: tags
    name: base
    siteId: app.outputs.id
    identityId: peaksIdentity!.id
    timeZone: timeZone
    peaks: peaks
    alwaysReadyHttp: alwaysReady.http
    alwaysReadyDurable: alwaysReady.durable
  }
}

// Names, not outputs: a what-if then shows each right. So the order is said here.
module rbac 'modules/rbac.bicep' = {
  params: {
    recordName: recordName
    hostingName: hostingName
    vaultName: vaultName
    communicationName: communicationName
    insightsName: insightsName
    appName: appName
    appPrincipalId: identity.properties.principalId
    hasPeaks: !empty(peaks)
    peaksPrincipalId: empty(peaks) ? '' : peaksIdentity!.properties.principalId
    operatorPrincipalId: operatorPrincipalId
  }
  dependsOn: [
    monitoring
    record
    hosting
    vault
    mail
    app
  ]
}

module alerts 'modules/alerts.bicep' = {
  params: {
    location: location
    tags: tags
    name: base
    workspaceId: monitoring.outputs.workspaceId
    emails: operatorEmails
  }
}

module workbook 'modules/workbook.bicep' = {
  params: {
    location: location
    tags: tags
    name: base
    workspaceId: monitoring.outputs.workspaceId
  }
}

module spending 'modules/budget.bicep' = {
  params: {
    name: base
    amount: budget.amount
    from: empty(budget.from) ? thisMonth : budget.from
    emails: operatorEmails
  }
}

output appName string = app.outputs.name
output appId string = app.outputs.id
// Azure's own address, which answers before a domain is bound.
output defaultUrl string = 'https://${app.outputs.host}'
output url string = empty(publicUrl) ? 'https://${app.outputs.host}' : publicUrl
output recordName string = record.outputs.name
output vaultName string = vaultName
output immutableContainers string[] = ['sheets', 'evidence', 'papers', 'exports']
output lockImmutability bool = lockImmutability
// What infra/settings.bicep writes: references to the vault, no secret.
output appSettings object = app.outputs.settings
// The workflow of the peaks, which infra/deploy runs at once after a deployment; empty without peaks.
output timetableId string = empty(peaks) ? '' : timetable!.outputs.id
