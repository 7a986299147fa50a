/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
 * Maps, the gate by container, counters, and writing of records.
 */
#ifndef JENNER_SENSOR_H
#define JENNER_SENSOR_H
#include "record.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#define RECORD_MAX 16384
#define RECORD_FULL 12000
#define SECTION_MAX 4096
#define PF_KTHREAD 0x00200000
#define CRITICAL_SIZE (4 << 20)
#define ORDINARY_SIZE (8 << 20)
#define RB_AVAIL_DATA 0

/* Makes clang forget what it knows of a number, so that the mask after it stays for the verifier to see. */
#define MASKED(number, mask)                                                                                           \
	({                                                                                                             \
		u64 masked_ = (number);                                                                                \
		asm volatile("" : "+r"(masked_));                                                                      \
		masked_ & (mask);                                                                                      \
	})

/* Programs do not run inside themselves on one CPU, so one buffer a program and CPU is enough. */
enum slot { SLOT_SYSCALL, SLOT_EXEC, SLOT_FORK, SLOT_EXIT, SLOT_IO_URING, SLOT_CAPABLE, SLOT_GROUP, SLOTS };
struct scratch {
	u8 data[RECORD_MAX + SECTION_MAX + 64];
	u8 path[SECTION_MAX + 512];
	/* Takes no room: here so that the object's BTF tells their layout. */
	struct header header[0];
	struct section section[0];
	struct file_info file[0];
	struct socket_info socket[0];
	struct credentials credentials[0];
	struct exec_info exec[0];
	struct fork_info fork[0];
	u64 dentry, mount; /* where a walk along a path stands */
	u32 start;
	u32 used;
	u64 hash, named; /* of the word that is being read, and of the path that it may be (script.h) */
	u64 mapped; /* the file whose mapping was refused (gate.h) */
	u32 word, begins, option;
	struct listed_key listed;
};

const volatile struct settings settings;

#define MAP(name, kind, key_type, value_type, entries)                                                                 \
	struct {                                                                                                       \
		__uint(type, kind);                                                                                    \
		__uint(max_entries, entries);                                                                          \
		__type(key, key_type);                                                                                 \
		__type(value, value_type);                                                                             \
	} name SEC(".maps")

MAP(scratches, BPF_MAP_TYPE_PERCPU_ARRAY, u32, struct scratch, SLOTS);
MAP(counters, BPF_MAP_TYPE_PERCPU_ARRAY, u32, struct counts, CLASS_COUNT);
MAP(groups, BPF_MAP_TYPE_LRU_HASH, u64, struct group, 8192);
MAP(policies, BPF_MAP_TYPE_HASH, struct container_key, struct container_policy, 4096);
MAP(seen, BPF_MAP_TYPE_LRU_HASH, struct seen_key, u32, 65536);
MAP(allowed, BPF_MAP_TYPE_HASH, struct seen_key, u32, 16384);
MAP(told, BPF_MAP_TYPE_LRU_HASH, struct seen_key, u32, 32768);
MAP(mounts, BPF_MAP_TYPE_HASH, struct mount_key, u32, 4096);
MAP(interpreters, BPF_MAP_TYPE_HASH, struct name_key, u32, 128);
MAP(peers, BPF_MAP_TYPE_LRU_HASH, struct peer_key, u32, 32768);
MAP(addresses, BPF_MAP_TYPE_LRU_HASH, u64, struct address, 4096);
MAP(names, BPF_MAP_TYPE_HASH, struct name_key, u32, 1024);
struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 65536);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct listed_key);
	__type(value, u32);
} paths SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 1024);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct prefix_key);
	__type(value, u32);
} prefixes SEC(".maps");
/* Tasks of the container runtime itself (runc before its exec of the entrypoint). */
struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, u32);
} runtimes SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, CRITICAL_SIZE);
} critical SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, ORDINARY_SIZE);
} ordinary SEC(".maps");

static __always_inline struct counts *counts_of(u32 class)
{
	return bpf_map_lookup_elem(&counters, &class);
}
static __always_inline void count_produced(u32 class)
{
	struct counts *counts = counts_of(class);
	if (counts)
		counts->produced++;
}
/* Produced, and filtered. */
static __always_inline void count_filtered(u32 class)
{
	struct counts *counts = counts_of(class);
	if (!counts)
		return;
	counts->produced++;
	counts->filtered++;
}
static __always_inline u64 lost_here(void)
{
	u64 lost = 0;
	for (u32 class = 0; class < CLASS_COUNT; class++) {
		struct counts *counts = counts_of(class);
		if (counts)
			lost += counts->lost;
	}
	return lost;
}

static __always_inline struct header *begin(u32 slot, struct task_struct *task, u64 cgroup, u16 kind, u16 number)
{
	struct scratch *scratch = bpf_map_lookup_elem(&scratches, &slot);
	if (!scratch)
		return 0;
	struct header *header = (struct header *)scratch->data;
	u64 id = bpf_get_current_pid_tgid();
	header->time = bpf_ktime_get_ns();
	header->started = task->group_leader->start_time;
	header->cgroup = cgroup;
	header->result = 0;
	__builtin_memset(header->args, 0, sizeof(header->args));
	header->lost = lost_here();
	header->tgid = id >> 32;
	header->tid = id;
	header->kind = kind;
	header->number = number;
	header->cpu = bpf_get_smp_processor_id();
	header->flags = 0;
	scratch->used = sizeof(struct header);
	return header;
}

/*
 * Puts the record on its ring, or counts it as lost. A repeat (the same program doing the same to the same again) may fill half of the ring only:
 * whoever floods it loses his own noise first, what is new finds room.
 */
__noinline int finish_as(u32 slot, u32 class, bool repeat)
{
	struct scratch *scratch = bpf_map_lookup_elem(&scratches, &slot);
	struct counts *counts = counts_of(class);
	if (!scratch || !counts)
		return 0;
	u32 size = scratch->used;
	if (size > RECORD_MAX)
		size = RECORD_MAX;
	if (repeat) {
		bool crowded = class == CLASS_CRITICAL ? bpf_ringbuf_query(&critical, RB_AVAIL_DATA) > CRITICAL_SIZE / 2
						       : bpf_ringbuf_query(&ordinary, RB_AVAIL_DATA) > ORDINARY_SIZE / 2;
		if (crowded) {
			counts->lost++;
			return 0;
		}
	}
	long failed = class == CLASS_CRITICAL ? bpf_ringbuf_output(&critical, scratch->data, size, 0)
					      : bpf_ringbuf_output(&ordinary, scratch->data, size, 0);
	if (failed)
		counts->lost++;
	else
		counts->sent++;
	return 0;
}

static __always_inline int finish(u32 slot, u32 class)
{
	return finish_as(slot, class, false);
}

/* Where the next section's bytes go, or nothing when the record is full. */
static __always_inline u8 *room(struct scratch *scratch)
{
	u32 used = scratch->used;
	if (used > RECORD_FULL) {
		((struct header *)scratch->data)->flags |= FLAG_TRUNCATED;
		return 0;
	}
	return scratch->data + MASKED(used, RECORD_MAX - 1) + sizeof(struct section);
}
static __always_inline void close_section(struct scratch *scratch, u8 kind, u8 argument, u32 length)
{
	u32 used = MASKED(scratch->used, RECORD_MAX - 1);
	struct section *section = (struct section *)(scratch->data + used);
	section->kind = kind;
	section->argument = argument;
	section->length = length;
	scratch->used = (used + sizeof(struct section) + length + 7) & ~7u;
}

#define PUT(slot, kind, value)                                                                                         \
	({                                                                                                             \
		u32 slot_ = (slot);                                                                                    \
		struct scratch *scratch_ = bpf_map_lookup_elem(&scratches, &slot_);                                    \
		u8 *at_ = scratch_ ? room(scratch_) : 0;                                                               \
		if (at_) {                                                                                             \
			__builtin_memcpy(at_, &(value), sizeof(value));                                                \
			close_section(scratch_, kind, 0, sizeof(value));                                               \
		}                                                                                                      \
	})

/*
 * What happens at every call is read through pointers that the verifier knows the type of: a load each, where a helper would be a call each
 * (a bad address reads as 0 either way). `task` is such a pointer here and below.
 */
static __always_inline struct cgroup *cgroup_of(struct task_struct *task)
{
	struct css_set *set = task->cgroups;
	if (settings.controller == UNIFIED)
		return set->dfl_cgrp;
	u64 index = settings.controller == PIDS ? bpf_core_enum_value(enum cgroup_subsys_id, pids_cgrp_id)
						: bpf_core_enum_value(enum cgroup_subsys_id, memory_cgrp_id);
	struct cgroup_subsys_state *state =
		*(struct cgroup_subsys_state **)((void *)set + bpf_core_field_offset(struct css_set, subsys) + index * sizeof(void *));
	return state->cgroup;
}
static __always_inline struct kernfs_node *parent_of(struct kernfs_node *node)
{
	if (bpf_core_field_exists(((struct kernfs_node___old *)node)->parent))
		return BPF_CORE_READ((struct kernfs_node___old *)node, parent);
	return BPF_CORE_READ(node, __parent);
}

/*
 * Whether a cgroup's name ends in the 64 hex digits of a container (`<id>`, `docker-<id>.scope`, `cri-containerd-<id>.scope`);
 * then they are left at CONTAINER_AT. Without branches in the loop: the verifier would follow each.
 */
#define DIGITS_AT 512
#define CONTAINER_AT 1024
#define CGROUP_STEPS 64
__noinline int container_in_name(u64 address)
{
	struct kernfs_node *node = (struct kernfs_node *)address;
	u32 slot = SLOT_GROUP;
	struct scratch *scratch = bpf_map_lookup_elem(&scratches, &slot);
	if (!scratch)
		return 0;
	u8 *name = scratch->path;
	long length = bpf_probe_read_kernel_str(name, 256, BPF_CORE_READ(node, name)) - 1;
	if (length < CONTAINER_ID || length > 255)
		return 0;
	u32 end = length & 255;
	if (name[MASKED(end - 6, 255)] == '.' && name[MASKED(end - 1, 255)] == 'e')
		end -= 6;
	if (end < CONTAINER_ID)
		return 0;
	bpf_probe_read_kernel(scratch->path + DIGITS_AT, CONTAINER_ID, name + MASKED(end - CONTAINER_ID, 255));
	s32 wrong = 0;
	for (u32 i = 0; i < CONTAINER_ID; i++) {
		s32 digit = scratch->path[DIGITS_AT + i] - '0', letter = scratch->path[DIGITS_AT + i] - 'a';
		wrong |= (digit | (9 - digit)) & (letter | (5 - letter));
	}
	if (wrong < 0)
		return 0;
	__builtin_memcpy(scratch->path + CONTAINER_AT, scratch->path + DIGITS_AT, CONTAINER_ID);
	return 1;
}

/* Finds out about the running task's cgroup, which is seen for the first time, and reports it when it is a container's. */
__noinline int learn_group(u32 slot)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct cgroup *cgroup = cgroup_of(task);
	struct scratch *scratch = bpf_map_lookup_elem(&scratches, &slot);
	if (!scratch)
		return 0;
	struct group group = { .watched = settings.host, .policy = POLICY_OBSERVE };
	struct kernfs_node *node = BPF_CORE_READ(cgroup, kn);
	u64 id = BPF_CORE_READ(node, id);
	u64 found = 0;
	/* A container may make cgroups below its own and call them what it likes: the outermost name counts, however deep one hides. */
	for (int i = 0; i < CGROUP_STEPS && node; i++) {
		if (BPF_CORE_READ(node, id) == settings.root)
			break;
		found |= container_in_name((u64)node);
		node = parent_of(node);
	}
	if (found) {
		__builtin_memcpy(group.container, scratch->path + CONTAINER_AT, CONTAINER_ID);
		group.watched = 1;
		group.policy = settings.policy;
		struct container_policy *own = bpf_map_lookup_elem(&policies, group.container);
		if (own) {
			group.policy = own->policy;
			group.switches = own->switches;
		}
	}
	if (bpf_map_update_elem(&groups, &id, &group, BPF_NOEXIST) || !found)
		return 0;
	count_produced(CLASS_CRITICAL);
	if (begin(slot, task, id, RECORD_GROUP, 0)) {
		PUT(slot, SECTION_GROUP, group);
		finish(slot, CLASS_CRITICAL);
	}
	return 0;
}

/* The watched cgroup of a task, which is the running one, or nothing: then the event is nobody's. */
static __always_inline struct group *watched_group(struct task_struct *task, u64 *id)
{
	struct cgroup *cgroup = cgroup_of(task);
	*id = cgroup->kn->id;
	struct group *group = bpf_map_lookup_elem(&groups, id);
	if (!group) {
		learn_group(SLOT_GROUP);
		group = bpf_map_lookup_elem(&groups, id);
	}
	if (!group || !group->watched)
		return 0;
	return group;
}
static __always_inline bool is_runtime(struct task_struct *task)
{
	if (!task->bpf_storage)
		return false;
	return bpf_task_storage_get(&runtimes, task, 0, 0) != 0;
}
static __always_inline bool is_muted(struct group *group, u32 class)
{
	return group->switches & (1u << class);
}
#endif
