import { z } from 'zod'
import { id, pageOf, pageQuery, time } from './common.ts'

/** viewer reads; analyst decides, responds and scans; admin looks after users, tokens, outputs and settings too. */
export const role = z.enum(['viewer', 'analyst', 'admin'])
export const password = z.string().min(12).max(256)
export const userName = z.string().regex(/^[\p{L}\p{N}._@-]{1,64}$/u)
export const user = z.object({
  id,
  name: userName,
  role,
  /** How they sign in. */
  kind: z.enum(['local', 'oidc']),
  disabled: z.boolean(),
  createdAt: time,
  lastLogin: time.optional(),
})
export const userInput = z.object({ name: userName, role })
export const userPatch = z.object({ role: role.optional(), disabled: z.boolean().optional() })
/** A link that sets a password, good once. */
export const invitation = z.object({ user, link: z.string(), expires: time })

export const login = z.object({ name: z.string().max(64), password: z.string().max(256) })
export const setup = z.object({ token: z.string().max(200), name: userName.optional(), password })
export const passwordChange = z.object({ old: z.string().max(256), password })
export const me = z.object({ user, csrf: z.string(), expires: time })
/** Before anybody is signed in: what the sign-in page needs. */
export const authState = z.object({
  setupNeeded: z.boolean(),
  oidc: z.object({ name: z.string() }).optional(),
  version: z.string(),
})

export const tokenScope = z.enum(['read', 'write', 'admin', 'agent', 'metrics'])
export const token = z.object({
  id,
  name: z.string(),
  scopes: z.array(tokenScope),
  createdBy: z.string(),
  createdAt: time,
  expires: time,
  lastUsed: time.optional(),
})
export const tokenInput = z.object({
  name: z.string().min(1).max(100),
  scopes: z.array(tokenScope).min(1),
  days: z.int().min(1).max(730),
})
/** The only time that the token itself is told. */
export const tokenCreated = token.extend({ secret: z.string() })

export const userQuery = pageQuery
export const userPage = pageOf(user)
export const tokenPage = pageOf(token)
export type Role = z.infer<typeof role>
export type User = z.infer<typeof user>
export type Me = z.infer<typeof me>
export type AuthState = z.infer<typeof authState>
export type Token = z.infer<typeof token>
export type TokenScope = z.infer<typeof tokenScope>
export type TokenCreated = z.infer<typeof tokenCreated>
export type Invitation = z.infer<typeof invitation>
