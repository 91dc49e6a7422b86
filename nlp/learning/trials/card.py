"""The card that is kept beside the models of a home: data, date, figures, limits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongbao.nlp.learning.models import CANDIDATES, PARTIES, SENTENCES, TOPICS
from gongbao.nlp.learning.trials.train import Training
from gongbao.nlp.learning.trials.trial import Trial

_DOES = {
    SENTENCES: "剔除规则读出、但模型认为没有写明责任的语句",
    PARTIES: "剔除规则读出、但模型认为不是承担单位的名称",
    TOPICS: "代替词表给出主题分类",
    CANDIDATES: "在校核页上提示规则可能遗漏的语句",
}
_ABOUT = """
## 方法

逐份文件交叉验证：判断一份文件时，模型没有学过这份文件。与规则的差距按文件重抽样 2000 次（种子固定），
95% 区间全部高于零且差距不小于 0.005 才采用。逻辑回归（句子、单位、遗漏）或线性支持向量机（主题），特征为词：
词典中的词及其在单位名称前后的位置，至少在三份文件中出现；地名、人名、机构名不作特征，
句子模型除“职责”“牵头”一类外不取名词。主题模型另可用词表得分。

## 限度

只与这里的标注同类的文件可以这样期待；标注不足五份文件的问题不作判断。模型只剔除或提示，不增加条目。
模型文件只含权重和单个的词，不含语句。语料、标注变了，请重新运行 `gongbao train`。
"""


def card(training: Training, today: date) -> str:
    """Markdown, Chinese."""
    return "\n".join(_lines(training, today)) + "\n" + _ABOUT


def _lines(training: Training, today: date) -> Iterator[str]:
    yield "# 模型说明\n"
    others = f"同一语料库的另外 {training.others} 份文件供参考"
    yield f"训练于 {today.isoformat()}：{training.annotated} 份标注文件，{others}。\n"
    for name in sorted(training.models):
        yield f"- `{name}.json`：{_DOES[name]}"
    if not training.models:
        yield "没有模型优于规则，全部沿用规则。"
    for trial in training.trials:
        yield from _table(trial)


def _table(trial: Trial) -> Iterator[str]:
    yield f"\n## {trial.question}\n"
    yield f"{trial.size}。{trial.note}\n"
    if trial.figures:
        yield f"| 方法 | {trial.measure} | 与基准之差（95% 区间） | 结论 |"
        yield "| --- | --- | --- | --- |"
    yield from (f"| {' | '.join(row)} |" for row in trial.rows())
