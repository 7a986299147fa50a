import type { AgentConfig } from '../server/schemas/agent.ts'

/** What the server wants this agent to run by. */
export interface Config {
  /** Fetches it, and applies it where it changed. Rejects when the server does not answer. */
  refresh(): Promise<void>
  current(): AgentConfig | undefined
}

export function createConfig(options: {
  load(): Promise<AgentConfig>
  apply(next: AgentConfig): Promise<void>
}): Config {
  let current: AgentConfig | undefined
  let text = ''
  return {
    async refresh() {
      const next = await options.load()
      const nextText = JSON.stringify(next)
      if (nextText === text) return
      await options.apply(next)
      current = next
      text = nextText
    },
    current: () => current,
  }
}
