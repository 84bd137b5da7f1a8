"""Repeat the draw of a spot check from its published record, with Python 3.9 or later and nothing
else:

    python3 repeat-the-draw.py record.json

It ends with 0 where the record is whole and the same units come out, and says what is wrong
otherwise. Compare `commit` and `frame_commit` with what stood on the page before the draw yourself.
"""

import hashlib
import hmac
import json
import sys
from fractions import Fraction


def refuse(what):
    """Say what is wrong, and stop."""
    sys.exit("不对：" + what)


def written(record):
    """A record in the one form in which it is published."""
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, indent=1)
    return (text + "\n").encode()


def check_whole(raw, record):
    """Whether not a byte of the record was changed."""
    rest = {key: value for key, value in record.items() if key != "sha256"}
    if raw != written(record) or hashlib.sha256(written(rest)).hexdigest() != record.get("sha256"):
        refuse("记录被改过，和它自己的校验值对不上")


def check_commits(record, seed):
    """Whether seed and frame are those of the two commits."""
    if hashlib.sha256(seed).hexdigest() != record["commit"]:
        refuse("种子不是抽之前承诺的那个")
    weights = {one["code"]: one["weight"] for one in record["strata"] if one["code"] != "certain"}
    lines = [f"asked {record['asked']}"]
    lines += [f"weight {name} {weight}" for name, weight in sorted(weights.items())]
    lines += sorted(f"unit {one['code']} {one['stratum']}" for one in record["frame"])
    frame = "\n".join(lines).encode()
    if hmac.new(seed, frame, hashlib.sha256).hexdigest() != record["frame_commit"]:
        refuse("名册不是抽之前冻结的那一份")
    return weights


def allocated(groups, weights, places):
    """How many of each stratum are drawn."""
    taken = dict.fromkeys(sorted(groups), 1)
    while sum(taken.values()) < min(places, sum(map(len, groups.values()))):
        best = None
        for name in taken:
            if taken[name] < len(groups[name]):
                share = Fraction(weights[name] * len(groups[name]), 2 * taken[name] + 1)
                if best is None or share > best[0]:
                    best = (share, name)
        taken[best[1]] += 1
    return taken


def drawn(record, seed, weights):
    """Which units come out, and with which chance each of a stratum does."""
    groups = {}
    for one in record["frame"]:
        groups.setdefault(one["stratum"], []).append(one["code"])
    units = groups.pop("certain", [])
    chances = {"certain": Fraction(1)} if units else {}
    taken = allocated(groups, weights, max(record["asked"] - len(units), len(groups)))
    for stratum, codes in groups.items():
        lots = {}
        for code in codes:
            said = f"\n{record['public_number']}\n{stratum}\n{code}"
            lots[code] = hashlib.sha256(seed + said.encode()).digest()
        units += sorted(codes, key=lots.get)[: taken[stratum]]
        chances[stratum] = Fraction(taken[stratum], len(codes))
    return sorted(units), chances


def main():
    """Read, check, draw, compare."""
    with open(sys.argv[1], "rb") as file:
        raw = file.read()
    try:
        record = json.loads(raw)
        check_whole(raw, record)
        if "given_up_on" in record:
            refuse("这一次没有抽，" + record["given_up_on"] + "作废了")
        if "seed" not in record:
            refuse("这一次还没有抽")
        seed = bytes.fromhex(record["seed"])
        units, chances = drawn(record, seed, check_commits(record, seed))
    except (ValueError, KeyError, TypeError, AttributeError):
        refuse("这不是一份完整的记录")
    if units != record["drawn"]:
        refuse("抽出来的单位不一样")
    if any(Fraction(one["chance"]) != chances[one["stratum"]] for one in record["frame"]):
        refuse("被抽中的机会算得不一样")
    print(f"对：重抽一遍，{len(record['frame'])}个单位里抽中的还是这{len(units)}个。")
    print("commit       " + record["commit"])
    print("frame_commit " + record["frame_commit"])


if __name__ == "__main__":
    main()
