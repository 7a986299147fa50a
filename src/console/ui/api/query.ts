import {
  type InfiniteData,
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Page } from '../../../server/schemas/common.ts'
import { type ApiError, type Query, read, write } from './client.ts'

/** One thing. The key begins with the resource, so that live events can name it. */
export function useOne<T>(path: string | undefined, query: Query = {}) {
  return useQuery<T, ApiError>({
    queryKey: [roomOf(path ?? ''), path, query],
    queryFn: ({ signal }) => read<T>(path!, query, signal),
    enabled: path !== undefined,
  })
}

/** A list that grows as it is scrolled. */
export function usePages<T>(path: string, query: Query = {}, limit = 200) {
  const result = useInfiniteQuery<Page<T>, ApiError, InfiniteData<Page<T>>, unknown[], string | undefined>({
    queryKey: [roomOf(path), path, 'pages', query],
    queryFn: ({ pageParam, signal }) => read<Page<T>>(path, { ...query, limit, cursor: pageParam }, signal),
    initialPageParam: undefined,
    getNextPageParam: page => page.next,
    placeholderData: keepPreviousData,
  })
  const rows = useMemo(() => result.data?.pages.flatMap(page => page.items) ?? [], [result.data])
  const last = result.data?.pages.at(0)?.total
  return { ...result, rows, total: last }
}

/** A write and what must be read again after it. */
export function useWrite<Answer = unknown, Body = unknown>(
  method: 'POST' | 'PATCH' | 'PUT' | 'DELETE',
  path: string | ((body: Body) => string),
  touched: string[],
) {
  const client = useQueryClient()
  return useMutation<Answer, ApiError, Body>({
    mutationFn: body =>
      write<Answer>(
        method,
        typeof path === 'string' ? path : path(body),
        method === 'DELETE' ? undefined : (body ?? {}),
      ),
    onSuccess: () => Promise.all(touched.map(room => client.invalidateQueries({ queryKey: [room] }))),
  })
}

function roomOf(path: string): string {
  return path.split('/')[0]!
}
