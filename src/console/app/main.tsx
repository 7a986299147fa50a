import '../ui/theme/styles.ts'
import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiError } from '../ui/api/client.ts'
import { NotifyProvider } from '../ui/domain/notify.tsx'
import { NowProvider } from '../ui/text/now.tsx'
import { loadSentences, startLang, TextProvider } from '../ui/text/text.tsx'
import { theme } from '../ui/theme/theme.ts'
import { Gate } from './gate.tsx'

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // What the server refused will be refused again; what could not be reached may come back.
      retry: (failures, error) =>
        failures < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
      refetchOnWindowFocus: true,
    },
  },
})

// A server that was upgraded has other chunks than the page that is open: a reload brings the new ones, once.
window.addEventListener('vite:preloadError', () => {
  if (sessionStorage.getItem('jenner.reloaded') !== null) return
  sessionStorage.setItem('jenner.reloaded', '1')
  window.location.reload()
})

const lang = startLang()
const sentences = await loadSentences(lang)
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={client}>
        <TextProvider first={{ lang, sentences }}>
          <NowProvider>
            <NotifyProvider>
              <Gate />
            </NotifyProvider>
          </NowProvider>
        </TextProvider>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
