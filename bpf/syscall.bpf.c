/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
 * Every system call of the interest table, as it returns. What an argument is, the table says; paths of descriptors come from the kernel.
 */
#include "gate.h"
#include "registers.h"
#include "task.h"

struct user_message {
	u64 name;
	u32 name_length;
};
struct user_how { u64 flags, mode; };

static __always_inline int pass_gate(struct task_struct *task, struct group *group, u64 cgroup, u64 interest, u64 *args, s64 result)
{
	u32 gate = (interest >> 8) & 255;
	switch (gate) {
	case GATE_OPEN:
		return gate_open(task, group, cgroup, args, result);
	case GATE_MMAP:
		return gate_map(task, group, cgroup, args, result);
	case GATE_DUP: {
		struct file *file = file_of(task, result);
		return file && is_socket(file) ? PASS : NOT_AN_EVENT;
	}
	case GATE_SEND:
	case GATE_RECEIVE: {
		struct user_message message = { .name = args[4] };
		if (((interest >> 20) & 15) == ARGUMENT_MESSAGE && bpf_probe_read_user(&message, sizeof(message), (void *)args[1]))
			message.name = 0;
		return gate_data(task, args[0], message.name, gate, result);
	}
	case GATE_PTRACE:
		return gate_ptrace(args[0]);
	case GATE_PROTECT:
		return gate_protect(task, group, cgroup, args);
	}
	return PASS;
}

static __always_inline u64 sock_of(struct file *file)
{
	struct socket *socket = file && is_socket(file) ? BPF_CORE_READ(file, private_data) : 0;
	return socket ? (u64)BPF_CORE_READ(socket, sk) : 0;
}

/* A user's sockaddr; of a connect, where its descriptor's socket went, as far as that was kept. */
__noinline int put_address(u32 index, u64 address, u32 length, u32 kept)
{
	u64 id = bpf_get_current_pid_tgid();
	struct address *earlier = kept ? bpf_map_lookup_elem(&addresses, &id) : 0;
	u32 slot = SLOT_SYSCALL;
	struct scratch *scratch = earlier ? bpf_map_lookup_elem(&scratches, &slot) : 0;
	u8 *to = scratch ? room(scratch) : 0;
	if (!earlier || !to)
		return put_bytes(SLOT_SYSCALL, address, length > ADDRESS_LENGTH ? ADDRESS_LENGTH : length, SECTION_ADDRESS, index);
	u64 number = ((struct header *)scratch->data)->args[0];
	if (earlier->sock == sock_of(file_of(bpf_get_current_task_btf(), number)) && earlier->length < KEPT_LENGTH) {
		bpf_probe_read_kernel(to, MASKED(earlier->length, KEPT_LENGTH - 1), earlier->bytes);
		close_section(scratch, SECTION_ADDRESS, index, earlier->length);
	} else {
		put_bytes(SLOT_SYSCALL, address, length > ADDRESS_LENGTH ? ADDRESS_LENGTH : length, SECTION_ADDRESS, index);
	}
	bpf_map_delete_elem(&addresses, &id);
	return 0;
}

static __always_inline void put_user_path(struct task_struct *task, u32 index, u64 address, bool relative, s32 directory)
{
	if (put_text(SLOT_SYSCALL, address, SECTION_TEXT, index) == '/')
		return;
	if (!relative || directory == AT_FDCWD) {
		put_cwd(SLOT_SYSCALL, SECTION_BASE, index);
		return;
	}
	struct file *file = file_of(task, directory);
	if (file)
		put_path(SLOT_SYSCALL, (u64)BPF_CORE_READ(file, f_path.mnt), (u64)BPF_CORE_READ(file, f_path.dentry), SECTION_BASE, index);
}

__noinline int put_argument(u32 index, u32 kind, u64 value, u64 neighbour, s64 result)
{
	struct task_struct *task = bpf_get_current_task_btf();
	switch (kind & 15) {
	case ARGUMENT_FD:
		put_file(SLOT_SYSCALL, (u64)file_of(task, value), value);
		break;
	case ARGUMENT_PATH:
		put_user_path(task, index, value, kind & 16, neighbour);
		break;
	case ARGUMENT_TEXT:
		put_text(SLOT_SYSCALL, value, SECTION_TEXT, index);
		break;
	case ARGUMENT_ADDRESS:
		put_address(index, value, neighbour, (kind & 32) != 0);
		break;
	case ARGUMENT_MESSAGE: {
		struct user_message message = {};
		if (!bpf_probe_read_user(&message, sizeof(message), (void *)value))
			put_address(index, message.name, message.name_length, 0);
		break;
	}
	case ARGUMENT_HOW:
		put_bytes(SLOT_SYSCALL, value, sizeof(struct user_how), SECTION_DATA, index);
		break;
	case ARGUMENT_DATA:
		if (result > 0)
			put_bytes(SLOT_SYSCALL, value, result > 80 ? 80 : result, SECTION_DATA, index);
		break;
	}
	return 0;
}

static __always_inline void put_arguments(u64 interest, u64 *args, s64 result)
{
	u64 previous = ARGUMENT_SCALAR;
#pragma unroll
	for (int i = 0; i < 6; i++) {
		u64 kind = (interest >> (16 + 4 * i)) & 15;
		u64 neighbour = 0, extra = 0;
		if (kind == ARGUMENT_PATH && previous == ARGUMENT_DIRECTORY && i > 0) {
			neighbour = args[i - 1];
			extra = 16;
		}
		if (kind == ARGUMENT_ADDRESS && i < 5) {
			neighbour = args[i + 1];
			extra = 32;
		}
		if (kind != ARGUMENT_SCALAR && kind != ARGUMENT_DIRECTORY)
			put_argument(i, kind | extra, args[i], neighbour, result);
		previous = kind;
	}
}

static __always_inline u32 class_of(u64 interest)
{
	if (interest & INTEREST_CRITICAL)
		return CLASS_CRITICAL;
	return interest & INTEREST_NET ? CLASS_NET : CLASS_FILE;
}

SEC("tp_btf/sys_exit")
int BPF_PROG(on_sys_exit, struct pt_regs *regs, long result)
{
	u64 number = call_number(regs);
	if (number >= SYSCALLS)
		return 0;
	/* Most calls are nobody's interest, by either table: they end here. */
	u64 interest = settings.interest[number];
	if (!((interest | settings.compat[number]) & INTEREST_ON))
		return 0;
	struct task_struct *task = bpf_get_current_task_btf();
	bool compat = is_compat(task);
	if (compat)
		interest = settings.compat[number];
	if (!(interest & INTEREST_ON))
		return 0;
	u32 gate = (interest >> 8) & 255;
	u64 args[6];
	read_arguments(regs, compat, args);
	if ((gate == GATE_MMAP || gate == GATE_PROTECT) && !(args[2] & PROT_EXEC))
		return 0;
	u64 cgroup;
	struct group *group = watched_group(task, &cgroup);
	if (!group || task->tgid == settings.self || (task->flags & PF_KTHREAD) || is_runtime(task))
		return 0;
	u32 class = class_of(interest);
	int verdict = FILTER;
	if (result >= 0 || result < -4095 || !(interest & INTEREST_SUCCESS))
		verdict = pass_gate(task, group, cgroup, interest, args, result);
	if (verdict == NOT_AN_EVENT)
		return 0;
	bool muted = is_muted(group, class) && verdict != KILL;
	if (verdict == PASS_URGENT || verdict == KILL)
		class = CLASS_CRITICAL;
	if (verdict == FILTER || muted) {
		count_filtered(class);
		return 0;
	}
	count_produced(class);
	if (verdict == KILL)
		bpf_send_signal(SIGKILL);
	bool repeat = verdict == PASS_REPEAT;
	if (gate != GATE_OPEN && verdict != KILL)
		repeat = is_repeat(task, cgroup, number, ((interest >> 20) & 15) == ARGUMENT_ADDRESS ? args[1] : 0);
	struct header *header = begin(SLOT_SYSCALL, task, cgroup, RECORD_SYSCALL, number);
	if (!header)
		return 0;
	header->result = result;
	header->flags = (compat ? FLAG_COMPAT : 0) | (verdict == KILL ? FLAG_KILLED : 0) | (verdict == PASS_CHANGED ? FLAG_NAME_CHANGED : 0);
	__builtin_memcpy(header->args, args, sizeof(args));
	if (((interest >> 40) & 15) == ARGUMENT_FD && result >= 0)
		put_file(SLOT_SYSCALL, (u64)file_of(task, result), result);
	put_arguments(interest, args, result);
	if (verdict == KILL && gate == GATE_PROTECT)
		put_mapped(SLOT_SYSCALL);
	if (interest & INTEREST_CREDENTIALS)
		put_credentials(SLOT_SYSCALL);
	if (interest & INTEREST_CWD)
		put_cwd(SLOT_SYSCALL, SECTION_CWD, 0);
	return finish_as(SLOT_SYSCALL, class, repeat);
}
