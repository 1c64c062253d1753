// The record: tables with the facts, containers with the sealed documents. Nothing of the platform lives here, so that its rights,
// its retention and its restores concern the record alone.

param location string
param tags object
param name string
param sku string
param publicNetworkAccess string

@description('Containers whose blobs can be neither changed nor deleted while the retention runs.')
param immutableContainers string[]

@description('Containers of daily work.')
param workContainers string[]

@description('Days for which a blob of an immutable container stands, from its creation.')
param immutabilityDays int

@description('Containers whose policy is locked: it can only be extended and refuses to be written again, so it is left as it is.')
param lockedContainers string[]

@description('Days after which sealed documents move to the cool tier; they stay readable at once.')
param coolAfterDays int

@description('Days after which sealed documents move to the archive tier, where reading them takes hours; 0 for never.')
param archiveAfterDays int

@description('Days for which what was deleted or overwritten in the other containers can be brought back.')
param recoveryDays int

@description('Days for which imported files and their reports are kept.')
param importsKeptDays int

@description('Whether the account refuses to be deleted.')
param lockAgainstDeletion bool

var deleteAfterDays = immutabilityDays + 30
var immutablePrefixes = [for container in immutableContainers: '${container}/']
var workPrefixes = [for container in workContainers: '${container}/']

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: sku
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: publicNetworkAccess
    networkAcls: {
      bypass: 'None'
      defaultAction: publicNetworkAccess == 'Enabled' ? 'Allow' : 'Deny'
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2024-01-01' = {
  parent: account
  name: 'default'
  properties: {
    isVersioningEnabled: true
    changeFeed: {
      enabled: true
      retentionInDays: recoveryDays + 1
    }
    deleteRetentionPolicy: {
      enabled: true
      days: recoveryDays
    }
    containerDeleteRetentionPolicy: {
      enabled: true
      days: recoveryDays
    }
    // The service wants at least a day less than the soft delete.
    restorePolicy: {
      enabled: true
      days: recoveryDays - 1
    }
  }
}

resource tables 'Microsoft.Storage/storageAccounts/tableServices@2024-01-01' = {
  parent: account
  name: 'default'
}

resource immutable 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = [
  for container in immutableContainers: {
    parent: blobs
    name: container
    properties: {
      publicAccess: 'None'
    }
  }
]

resource retention 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2024-01-01' = [
  for (container, i) in immutableContainers: if (!contains(lockedContainers, container)) {
    parent: immutable[i]
    name: 'default'
    properties: {
      immutabilityPeriodSinceCreationInDays: immutabilityDays
      allowProtectedAppendWrites: false
    }
  }
]

resource work 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = [
  for container in workContainers: {
    parent: blobs
    name: container
    properties: {
      publicAccess: 'None'
    }
  }
]

resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2024-01-01' = {
  parent: account
  name: 'default'
  dependsOn: [
    blobs
  ]
  properties: {
    policy: {
      rules: [
        {
          name: 'sealed-documents'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: ['blockBlob']
              prefixMatch: immutablePrefixes
            }
            actions: {
              baseBlob: union(
                {
                  tierToCool: {
                    daysAfterCreationGreaterThan: coolAfterDays
                  }
                },
                archiveAfterDays == 0
                  ? {}
                  : {
                      tierToArchive: {
                        daysAfterCreationGreaterThan: archiveAfterDays
                      }
                    }
              )
              version: {
                delete: {
                  daysAfterCreationGreaterThan: deleteAfterDays
                }
              }
            }
          }
        }
        // Sheets, evidence and papers are deleted by the app, which looks first whether a legal hold keeps them.
        {
          name: 'exports-over'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: ['blockBlob']
              prefixMatch: ['exports/']
            }
            actions: {
              baseBlob: {
                delete: {
                  daysAfterCreationGreaterThan: deleteAfterDays
                }
              }
            }
          }
        }
        {
          name: 'former-versions'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: ['blockBlob']
              prefixMatch: workPrefixes
            }
            actions: {
              version: {
                delete: {
                  daysAfterCreationGreaterThan: recoveryDays
                }
              }
            }
          }
        }
        {
          name: 'imported-files'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: ['blockBlob']
              prefixMatch: ['imports/']
            }
            actions: {
              baseBlob: {
                delete: {
                  daysAfterCreationGreaterThan: importsKeptDays
                }
              }
            }
          }
        }
      ]
    }
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (lockAgainstDeletion) {
  scope: account
  name: 'record'
  properties: {
    level: 'CanNotDelete'
    notes: 'Holds attendance records that must be kept. See docs/operations.md.'
  }
}

output name string = account.name
output id string = account.id
