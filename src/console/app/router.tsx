import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { formatSearch, parseSearch } from '../ui/format/url-state.ts'
import { Failed, Loading } from '../ui/parts/states.tsx'
import { NotFound } from './not-found.tsx'
import { Shell } from './shell.tsx'

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound })

const screens = [
  at('/', () => import('../features/today/today.tsx'), 'Today'),
  at('/incidents', () => import('../features/incidents/incidents.tsx'), 'Incidents'),
  at('/incidents/$id', () => import('../features/incidents/incident.tsx'), 'IncidentPage'),
  at('/vulnerabilities', () => import('../features/vulnerabilities/vulnerabilities.tsx'), 'Vulnerabilities'),
  at('/vulnerabilities/$id', () => import('../features/vulnerabilities/vulnerability.tsx'), 'VulnerabilityPage'),
  at('/images', () => import('../features/images/images.tsx'), 'Images'),
  at('/images/$id', () => import('../features/images/image.tsx'), 'ImagePage'),
  at('/inventory', () => import('../features/inventory/inventory.tsx'), 'Inventory'),
  at('/containers/$id', () => import('../features/inventory/container.tsx'), 'ContainerPage'),
  at('/hosts/$id', () => import('../features/inventory/host.tsx'), 'HostPage'),
  at('/decisions', () => import('../features/decisions/decisions.tsx'), 'Decisions'),
  at('/rules', () => import('../features/rules/rules.tsx'), 'Rules'),
  at('/rules/$id', () => import('../features/rules/rule.tsx'), 'RulePage'),
  at('/response', () => import('../features/response/response.tsx'), 'Response'),
  at('/reports', () => import('../features/reports/reports.tsx'), 'Reports'),
  at('/platform', () => import('../features/platform/platform.tsx'), 'Platform'),
]

export const router = createRouter({
  routeTree: root.addChildren(screens),
  parseSearch,
  stringifySearch: formatSearch,
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultPendingComponent: Loading,
  defaultErrorComponent: ({ error }) => <Failed error={error as Error} />,
})

function at<T extends Record<string, unknown>>(path: string, load: () => Promise<T>, name: keyof T & string) {
  return createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load as never, name as never) })
}
