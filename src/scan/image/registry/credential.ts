/** What proves who we are to one registry. */
export interface Credential {
  user?: string
  password?: string
  /** To be exchanged for a token (OAuth 2 refresh token). */
  identityToken?: string
  /** Sent as it is. */
  bearer?: string
}
