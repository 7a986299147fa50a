/** Variables that hold a credential: no flag does, other users of the machine read command lines. */
export const credentialVariables = ['JENNER_REGISTRY_USER', 'JENNER_REGISTRY_PASSWORD', 'JENNER_REGISTRY_TOKEN']
