"""Work asked for, and who may do it: the same on either database."""

from __future__ import annotations

from gongbao.corpus.queue import JobState
from gongbao.corpus.store import Store


def test_a_job_from_beginning_to_end(store: Store) -> None:
    job = store.queue.add((), "张三", JobState.RECEIVING)
    assert store.queue.take() is None  # its files are on their way
    store.queue.received(job, ("甲.pdf", "乙.pdf"))
    taken = store.queue.take()
    assert taken is not None
    assert (taken.id, taken.names, taken.by, taken.state) == (job, ("甲.pdf", "乙.pdf"), "张三", JobState.RUNNING)
    store.queue.say(job, "开始")
    store.queue.say(job, "完成", JobState.DONE)
    found = store.queue.get(job)
    assert found is not None
    assert (found.lines, found.finished) == (("开始", "完成"), True)
    assert store.queue.take() is None


def test_the_first_comes_first_and_what_was_left_is_taken_again(store: Store) -> None:
    first, then = store.queue.add((), "张三"), store.queue.add((), "李四")
    assert [job.id for job in store.queue.all()] == [then, first]
    for _ in range(2):  # as after a process that died
        taken = store.queue.take()
        assert taken is not None
        assert taken.id == first
    store.queue.say(first, "完成", JobState.DONE)
    following = store.queue.take()
    assert following is not None
    assert following.id == then


def test_finished_jobs_are_forgotten_in_time(store: Store) -> None:
    for number in range(60):
        store.queue.say(store.queue.add((), str(number)), "完成", JobState.DONE)
    waiting = store.queue.add((), "张三")
    assert len(store.queue.all()) <= 52
    assert store.queue.all()[0].id == waiting


def test_one_process_works_alone(store: Store) -> None:
    with store.alone("jobs") as mine, store.alone("jobs") as other, store.alone("reminders") as else_:
        assert (mine, other, else_) == (True, False, True)
    with store.alone("jobs") as again:
        assert again
