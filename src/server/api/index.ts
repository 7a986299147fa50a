import type { Context } from '../context.ts'
import { actionRoutes } from './actions/routes.ts'
import { agentRoutes } from './agent/routes.ts'
import { alertRoutes } from './alerts/routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { containerRoutes } from './containers/routes.ts'
import { decisionRoutes } from './decisions/routes.ts'
import { drillRoutes } from './drills/routes.ts'
import { eventRoutes } from './events/routes.ts'
import { evidenceRoutes } from './evidence/routes.ts'
import { findingRoutes } from './findings/routes.ts'
import { healthRoutes } from './health/routes.ts'
import { hostRoutes } from './hosts/routes.ts'
import { imageRoutes } from './images/routes.ts'
import { incidentRoutes } from './incidents/routes.ts'
import { jobRoutes } from './jobs/routes.ts'
import { logRoutes } from './logs/routes.ts'
import { outputRoutes } from './outputs/routes.ts'
import { packageRoutes } from './packages/routes.ts'
import { reportRoutes } from './reports/routes.ts'
import type { Resource, Route } from './route.ts'
import { ruleRoutes } from './rules/routes.ts'
import { sessionRoutes } from './session/routes.ts'
import { settingsRoutes } from './settings/routes.ts'
import { streamRoutes } from './stream/routes.ts'
import { todayRoutes } from './today/routes.ts'
import { tokenRoutes } from './tokens/routes.ts'
import { userRoutes } from './users/routes.ts'
import { vulnerabilityRoutes } from './vulnerabilities/routes.ts'

/** Every resource of the API. To add one: a folder with its routes, and a line here. */
export const resources: readonly Resource[] = [
  sessionRoutes,
  todayRoutes,
  hostRoutes,
  containerRoutes,
  imageRoutes,
  packageRoutes,
  vulnerabilityRoutes,
  findingRoutes,
  decisionRoutes,
  incidentRoutes,
  evidenceRoutes,
  alertRoutes,
  eventRoutes,
  ruleRoutes,
  actionRoutes,
  drillRoutes,
  jobRoutes,
  userRoutes,
  tokenRoutes,
  auditRoutes,
  settingsRoutes,
  outputRoutes,
  reportRoutes,
  logRoutes,
  healthRoutes,
  streamRoutes,
  agentRoutes,
]

export function routesOf(context: Context): Route[] {
  return resources.flatMap(resource => resource(context))
}
