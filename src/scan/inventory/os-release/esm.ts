/** Whether Ubuntu's `pro` client says that extended security maintenance is on: `services: [{ name: "esm-infra", status: "enabled" }]`. */
export function esmAttached(text: string | undefined): boolean {
  if (text === undefined) return false
  try {
    const { services } = JSON.parse(text) as { services?: unknown }
    return Array.isArray(services) && services.some(s => s?.name === 'esm-infra' && s?.status === 'enabled')
  } catch {
    return false
  }
}
