/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
 * Keeps the address that connect(2) begins to connect to: when it is refused, the socket forgets it, and another thread may have written over
 * the caller's copy by then. The change of the socket's state tells it without a look at the beginning of every other call.
 */
#include "file.h"

#define TCP_SYN_SENT 2
struct sockaddr_in { u16 family; __be16 port; u32 address; u8 zero[8]; };
struct sockaddr_in6 { u16 family; __be16 port; u32 flow; u8 address[16]; u32 scope; };

SEC("tp_btf/inet_sock_set_state")
int BPF_PROG(on_connect, const struct sock *sock, int before, int after)
{
	struct task_struct *task = bpf_get_current_task_btf();
	u64 cgroup, id = bpf_get_current_pid_tgid();
	struct address address = { .sock = (u64)sock };
	if (after != TCP_SYN_SENT || !watched_group(task, &cgroup))
		return 0;
	u16 family = BPF_CORE_READ(sock, __sk_common.skc_family);
	if (family == AF_INET) {
		struct sockaddr_in *to = (void *)address.bytes;
		to->family = family;
		BPF_CORE_READ_INTO(&to->port, sock, __sk_common.skc_dport);
		BPF_CORE_READ_INTO(&to->address, sock, __sk_common.skc_daddr);
		address.length = sizeof(*to);
	} else if (family == AF_INET6) {
		struct sockaddr_in6 *to = (void *)address.bytes;
		to->family = family;
		BPF_CORE_READ_INTO(&to->port, sock, __sk_common.skc_dport);
		BPF_CORE_READ_INTO(&to->address, sock, __sk_common.skc_v6_daddr.in6_u.u6_addr8);
		address.length = sizeof(*to);
	} else {
		return 0;
	}
	bpf_map_update_elem(&addresses, &id, &address, BPF_ANY);
	return 0;
}
