import { Notification } from '@mantine/core'
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'
import { useErrorText } from '../parts/states.tsx'
import { useText } from '../text/text.tsx'

interface Message {
  id: number
  bad: boolean
  text: string
}
interface Notify {
  done(text: string): void
  failed(error: Error): void
}

const Context = createContext<Notify>({ done: () => {}, failed: () => {} })
let nextId = 1

/** Short messages in a corner, read out politely; failures stay until they are closed. */
export function NotifyProvider({ children }: { children: ReactNode }) {
  const [messages, setMessages] = useState<Message[]>([])
  const errorText = useErrorText()
  const { t } = useText()
  const close = useCallback((id: number) => setMessages(list => list.filter(message => message.id !== id)), [])
  const tell = useCallback(
    (text: string, bad: boolean) => {
      const id = nextId++
      setMessages(list => [...list.slice(-3), { id, bad, text }])
      if (!bad) setTimeout(() => close(id), 5000)
    },
    [close],
  )
  const value = useMemo<Notify>(
    () => ({ done: text => tell(text, false), failed: error => tell(errorText(error), true) }),
    [tell, errorText],
  )
  return (
    <Context value={value}>
      {children}
      <div aria-live="polite" className="messages">
        {messages.map(({ id, bad, text }) => (
          <Notification
            key={id}
            color={bad ? 'red' : 'teal'}
            title={bad ? t('state.failed') : undefined}
            onClose={() => close(id)}
            closeButtonProps={{ 'aria-label': t('do.close') }}
          >
            {text}
          </Notification>
        ))}
      </div>
    </Context>
  )
}

export function useNotify(): Notify {
  return useContext(Context)
}
