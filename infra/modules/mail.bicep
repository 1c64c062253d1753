// Communication Services with an e-mail domain: Azure's own, which works at once, or the organisation's, which its owner proves in DNS
// first.

param tags object
param name string
param dataLocation string

@description('Domain that mails come from, such as emargement.example; empty for one of Azure.')
param domain string

@description('Whether the domain\'s DNS records are verified: only then does the service accept it.')
param domainIsVerified bool

param senderUser string

var own = !empty(domain)
var linked = !own || domainIsVerified

resource service 'Microsoft.Communication/emailServices@2023-04-01' = {
  name: '${name}-mail'
  location: 'global'
  tags: tags
  properties: {
    dataLocation: dataLocation
  }
}

resource mailDomain 'Microsoft.Communication/emailServices/domains@2023-04-01' = {
  parent: service
  name: own ? domain : 'AzureManagedDomain'
  location: 'global'
  tags: tags
  properties: {
    domainManagement: own ? 'CustomerManaged' : 'AzureManaged'
    // Opening a mail is nobody's business.
    userEngagementTracking: 'Disabled'
  }
}

// Azure's domain has DoNotReply only.
resource sender 'Microsoft.Communication/emailServices/domains/senderUsernames@2023-04-01' = if (own && domainIsVerified) {
  parent: mailDomain
  name: senderUser
  properties: {
    username: senderUser
    displayName: 'Émargement'
  }
}

resource communication 'Microsoft.Communication/communicationServices@2023-04-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    dataLocation: dataLocation
    linkedDomains: linked ? [mailDomain.id] : []
  }
}

output endpoint string = 'https://${communication.properties.hostName}'
// The domain that readers see and that the service takes mails from; mailFromSenderDomain is the envelope's.
output sender string = '${own ? senderUser : 'DoNotReply'}@${mailDomain.properties.fromSenderDomain}'
