"""Constructors that must not hang, crash or eat the machine: sources for test_bounds.py, each with a name."""

from __future__ import annotations

_HEAD = "import itertools\nimport math\n\nimport torch\nfrom torch import nn\n"


def net(body: str, arguments: str = "", before: str = "", after: str = "") -> str:
    """A module class with that body of its constructor; ``before`` stands in front of the class, ``after`` in it."""
    lines = "".join(f"        {line}\n" for line in body.splitlines())
    signature = f"self, {arguments}" if arguments else "self"
    return f"{_HEAD}{before}\n\nclass Net(nn.Module):\n    def __init__({signature}):\n        super().__init__()\n{lines}{after}"


def _forward(body: str, arguments: str = "x") -> str:
    lines = "".join(f"        {line}\n" for line in body.splitlines())
    return net("self.fc = nn.Linear(1, 1)", after=f"    def forward(self, {arguments}):\n{lines}")


def _each(body: str) -> str:
    """A constructor of statements each of which raises by itself: what follows must still be read without a crash."""
    return net("self.fc = nn.Linear(3, 4)\n" + body.strip())


_FLAGS = ", ".join(f"f{number}" for number in range(60))
_FACTORY = "def f(x): return g(x)\ndef g(x): return f(x)\n"

LOOPS = {
    "while_true": net("while True:\n    self.fc = nn.Linear(1, 1)"),
    "while_true_pass": net("while True: pass"),
    "while_unknown": net("while n:\n    self.fc = nn.Linear(1, 1)\n    n = n.next", "n"),
    "while_counts": net("i = 0\nwhile i < 10**9:\n    i += 1\nself.fc = nn.Linear(i, 1)"),
    "for_billion": net("for i in range(10**9):\n    setattr(self, f'l{i}', nn.Linear(1, 1))"),
    "comprehension_billion": net("self.l = nn.ModuleList([nn.Linear(1, 1) for _ in range(10**9)])"),
    "four_nested": net(
        "n = 0\nfor a in range(200):\n for b in range(200):\n  for c in range(200):\n   for d in range(200):\n    n += 1"
    ),
    "endless_generator": net(
        "for i in gen():\n    self.fc = nn.Linear(i, i)",
        before="def gen():\n    i = 0\n    while True:\n        yield i\n        i += 1\n",
    ),
    "list_of_range": net("self.l = list(range(10**9))\nself.fc = nn.Linear(len(self.l), 1)"),
    "product": net("self.l = nn.ModuleList([nn.Linear(1, 1) for x in itertools.product(range(100), repeat=10)])"),
    "list_grows_in_loop": net("l = []\nl.append(l)\nfor x in l: l.append(x)\nself.fc = nn.Linear(len(l), 1)"),
}  # fmt: skip

SIZES = {
    "list_times_billion": net("self.l = [nn.ReLU()] * 10**9\nself.fc = nn.Linear(2, 2)"),
    "modules_times_billion": net("self.l = nn.Sequential(*[nn.Linear(2, 2)] * 10**9)"),
    "tuple_times_billion": net("self.t = (1,) * 10**10"),
    "string_times_billion": net("self.t = 'x' * 10**10"),
    "list_doubles": net("l = [1]\nfor _ in range(100): l = l + l\nself.fc = nn.Linear(len(l), 2)"),
    "list_extends_itself": net("l = [1]\nfor _ in range(100): l.extend(l)\nself.fc = nn.Linear(len(l), 2)"),
    "string_doubles": net("s = 'x'\nfor _ in range(100): s = s + s\nself.fc = nn.Linear(len(s), 2)"),
    "tuple_doubles": net("s = (1,)\nfor _ in range(100): s += s\nself.fc = nn.Linear(len(s), 2)"),
    "power_tower": net("n = 9**9**9\nself.fc = nn.Linear(n, 2)"),
    "number_squares": net("n = 3\nfor _ in range(100): n = n * n\nself.fc = nn.Linear(n, 2)"),
    "big_shift": net("n = 1 << 10**11\nself.fc = nn.Linear(n, 2)"),
    "huge_range": net(
        "r = range(10**30)\nself.a = nn.Linear(len(r), 1)\nx = sum(r)\ny = list(r)[3]\nz = max(r)\nw = [*r]\nv = sorted(r)\n"
        "u = list(zip(r, r))\nt = list(reversed(r))\ns = 5 in r\nq = tuple(enumerate(r))\np = set(r)"
    ),
    "billion_of_range": net("a = sum(range(10**9))\nb = max(range(10**10))\nc = all(range(1, 10**10))\nd = 1 in range(10**9)"),
    "wide_format": net("s = '%1000000000d' % 3\nt = f'{3:>1000000000}'\nu = '{:>1000000000}'.format(3)"),
    "padded_string": net("v = 'x'.ljust(10**10)\nz = 'a'.zfill(10**10)\nk = b'x' * 10**10"),
    "big_arithmetic": net("math.factorial(10**9)\npow(2, 10**10)\n10**400 / 3\nint('9' * 5000)\nmath.exp(10**6)"),
    "many_dimensions": net("self.a = nn.Parameter(torch.zeros(*[2] * 10**7))"),
    "many_lstm_layers": net("self.a = nn.LSTM(3, 4, num_layers=10**7)\nself.fc = nn.Linear(2, 2)"),
    "many_encoder_layers": net("self.a = nn.TransformerEncoder(nn.TransformerEncoderLayer(8, 2), 10**7)"),
    "huge_sizes": net("self.a = nn.Conv2d(3, 4, 10**400)\nself.f = nn.Linear(10**400, 9)\nnn.init.xavier_normal_(self.f.weight)"),
    "overflow": net("n = 1e308 * 10\nself.fc = nn.Linear(3, 2)\nnn.init.normal_(self.fc.weight, std=n)\nself.g = nn.Linear(int(n), 3)"),
    "nan": net("m = float('nan')\nself.fc = nn.Linear(3, 2)\nnn.init.normal_(self.fc.weight, m, m)\nself.g = nn.Linear(round(m), 3)"),
    "symbols_grow": net("n = a\nfor i in range(200): n = n * b + a\nself.fc = nn.Linear(n, n)", "a, b"),
    "symbols_square": net("n = a\nfor i in range(200): n = n * n\nself.fc = nn.Linear(n, n)", "a"),
    "symbolic_loops": net(
        "l = []\nfor i in range(a):\n for j in range(b):\n  for k in range(c):\n   for d in range(a):\n    l.append(nn.Linear(i, j))\n"
        "self.l = nn.ModuleList(l)", "a, b, c",
    ),
    "many_layers": net("\n".join(f"self.l{i} = nn.Linear({i + 1}, {i + 2})" for i in range(1000))),
}  # fmt: skip

RECURSION = {
    "contains_itself": net("self.inner = Net()"),
    "is_its_own_child": net("self.me = self\nself.fc = nn.Linear(1, 1)\nself.apply(lambda m: None)\nlist(self.modules())"),
    "child_knows_parent": net("self.c = nn.Sequential(nn.Linear(1, 1))\nself.c.parent = self\nself.p = list(self.parameters())"),
    "mutual_modules": net("self.b = B()", after="\n\nclass B(nn.Module):\n    def __init__(self):\n        self.a = Net()\n"),
    "mutual_functions": net("f(3)", before=_FACTORY),
    "countdown": net("f(10**6)", before="def f(n):\n    return f(n - 1) if n else 0\n"),
    "fibonacci": net("n = fib(40)", before="def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)\n"),
    "omega": net("f = lambda f: f(f)\nf(f)"),
    "undecided_recursion": net(
        "self.l = f(flag, 50)", "flag",
        "def f(c, n):\n    if c: return f(c, n - 1)\n    else: return nn.Sequential(f(c, n - 1), f(c, n - 2))\n",
    ),
    "deep_modules": _HEAD + "".join(
        f"class M{i}(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.m = M{i + 1}()\n"
        for i in range(100)
    ) + "class M100(nn.Module): pass\n",
    "deep_inheritance": _HEAD + "class M0(nn.Module): pass\n" + "".join(
        f"class M{i}(M{i - 1}):\n    def __init__(self):\n        super().__init__()\n        self.m{i} = nn.Linear(1, 1)\n"
        for i in range(1, 100)
    ),
    "own_base": _HEAD + "class A(A): pass\nclass B(C): pass\nclass C(B): pass\nclass D(nn.Module, D): pass\n",
    "deep_sequential": net("x = nn.Linear(1, 1)\nfor _ in range(1000): x = nn.Sequential(x)\nself.x = x\nself.apply(lambda m: None)"),
    "sequential_in_itself": net("s = nn.Sequential(nn.ReLU())\ns.append(s)\nself.s = s\ns.extend(s)"),
    "list_in_itself": net("l = []\nl.append(l)\nself.l = nn.ModuleList(l)\nd = {}\nd['d'] = d\nself.d = nn.ModuleDict(d)"),
    "names_in_a_circle": _HEAD + "A = B\nB = A\n" + net("self.fc = nn.Linear(x, B)", "x=A"),
    "decorators": net("self.fc = nn.Linear(1, 1)", before="def d(c): return d(c)\n@d\ndef e(): pass\n"),
    "apply_in_apply": net("self.apply(self.init)", after="    def init(self, m): self.apply(self.init)\n"),
    "apply_adds": net(
        "self.fc = nn.Linear(1, 1)\nself.apply(self.grow)\nfor m in self.modules(): m.x = nn.Linear(1, 1)",
        after="    def grow(self, m): m.more = nn.Linear(1, 1)\n",
    ),
    "reset_constructs": net(
        "self.l = L(3, 3)",
        before="class L(nn.Linear):\n    def reset_parameters(self): self.__init__(self.in_features, self.out_features)\n",
    ),
    "attribute_hooks": net(
        "self.a = self.zzz", after="    def __getattr__(self, n): return self.other\n    @property\n    def p(self): return self.p\n"
    ),
    "setattr_hook": net("self.a = nn.Linear(1, 1)", after="    def __setattr__(self, n, v): setattr(self, n, v)\n"),
    "forward_calls_forward": _forward("return self.forward(self.fc(x))"),
    "forward_calls_self": _forward("return self(self.fc(x))"),
    "forward_endless": _forward("while True: x = self.fc(x)"),
    "forward_while": _forward("while x.sum() > 1: x = self.fc(x)\nreturn x"),
    "forward_billion": _forward("for _ in range(10**9): x = self.fc(x)\nreturn x"),
}  # fmt: skip

BRANCHES = {
    "sixty_flags": net("".join(f"if f{i}: self.fc = nn.Linear({i + 1}, 1)\n" for i in range(60)), _FLAGS),
    "sixty_appends": net(
        "l = []\n" + "".join(f"if f{i}: l.append(nn.ReLU())\n" for i in range(60)) + "self.l = nn.Sequential(*l)", _FLAGS
    ),
    "flags_in_loop": net(
        "l = []\nfor i in range(300):\n    if flags[i]: l.append(nn.Linear(i, i))\n    else: l.append(nn.ReLU())\nself.l = l", "flags"
    ),
    "forward_flags": _forward("".join(f"if m[{i}]: x = self.fc(x)\n" for i in range(80)) + "return x", "x, m"),
    "nested_ifs": net("\n".join("  " * i + "if a:" for i in range(60)) + "\n" + "  " * 60 + "self.fc = nn.Linear(1, 1)", "a"),
    "nested_calls": net("n = " + "f(" * 80 + "1" + ")" * 80, before="def f(x): return x\n"),
}  # fmt: skip

NONSENSE = {
    "layers": _each(
        """
self.a = nn.Linear('a', None)
self.b = nn.Conv2d(3, 4, 'x')
self.c = nn.Conv2d((1, 2), [3], {})
self.d = nn.Linear()
self.e = nn.Linear(1, 2, 3, 4, 5, 6, 7)
self.f = nn.Linear(1, 2, foo=3)
self.g = nn.Conv2d(3, 4, (1, 2, 3))
self.h = nn.LSTM(3, 4, 'x')
self.i = nn.LayerNorm(None)
self.j = nn.LayerNorm((1, 'a'))
self.k = nn.Parameter(3)
self.l = nn.Parameter(torch.zeros('a'))
self.m = nn.Parameter(torch.zeros(-1, 2.5))
self.n = nn.Sequential(3, None, 'x', nn.ReLU)
self.o = nn.ModuleList(5)
self.p = nn.ModuleDict([1, 2])
self.q = nn.Linear(0, 0)
self.r = nn.Conv2d(3, 5, 3, groups=0)
self.s = nn.Linear(-3, 4)
self.t = nn.MultiheadAttention(8, 0)
self.u = nn.LSTM(0, 0)
self.v = nn.Embedding(0, 0, padding_idx='x')
"""
    ),
    "inits": _each(
        """
nn.init.normal_(3)
nn.init.normal_()
nn.init.constant_(self.fc.weight)
nn.init.normal_(self.fc.weight, 'a', None)
nn.init.calculate_gain('nope')
nn.init.calculate_gain(3)
nn.init.kaiming_normal_(self.fc.weight, nonlinearity='nope', mode='nope')
nn.init.kaiming_normal_(self.fc.bias)
nn.init.sparse_(self.fc.weight, 2)
nn.init.uniform_(self.fc.weight, 3, -3)
nn.init.trunc_normal_(self.fc.weight, std=0)
nn.init.trunc_normal_(self.fc.weight, 100, 0.1, -1, 1)
self.zero = nn.Linear(0, 0)
nn.init.xavier_normal_(self.zero.weight)
nn.init.kaiming_normal_(self.zero.weight)
nn.init.orthogonal_(self.zero.weight)
nn.init.eye_(self.zero.weight)
self.fc.weight.data.normal_('a', 3)
self.fc.weight.data.uniform_(1)
self.fc.weight.data.fill_()
self.fc.weight.data.mul_()
self.fc.weight.data.copy_()
self.fc.weight.data = 3
self.fc.weight = 3
self.fc.weight.data.zero_()
self.apply(3)
self.apply()
self.add_module()
self.add_module(3, 4)
self.register_buffer()
self.register_parameter('x')
"""
    ),
    "shapes": _each(
        """
w = self.fc.weight
w()
w[3, 4, 5, 6]
w[None, ..., 'a']
w.view('a')
w.view(-1, -1)
w.size(9)
w.shape[9]
w.reshape(7, -1).size(0)
w.permute(9, 9)
w.transpose(7, 8)
w @ 3
w + 'a'
w.expand(3)
w.unsqueeze(99)
w.data[::0] = 3
self.fc(3)
self(3)
"""
    ),
    "python": _each(
        """
'abc'.format(1, x=2)
'%d' % 'x'
'%s %s' % (1,)
'%(a)s' % {}
'{a.b[0]}'.format(a=1)
'{0}{2}'.format(1)
[].pop()
[1].index(2)
{}.pop('x')
int('x')
int(float('inf'))
int(float('nan'))
max()
min([])
sum(['a'])
zip(1)
range('a')
range(1, 2, 0)
sorted([1, 'a'])
len(3)
getattr(self)
setattr(self, 3, 4)
[1, 2, 3][::0]
'abc'[10]
(1, 2)['a']
isinstance(3)
isinstance(3, 4)
type()
enumerate()
reversed(3)
round('x')
abs('x')
chr(-1)
ord('ab')
str(1, 2, 3, 4)
type('X', (), {})
type('X', (nn.Module,), {'a': 1})()
super(3, 4)
object().x
divmod(1, 0)
1 % 0.0
1 // 0
0 ** -1
(-1) ** 0.5
1 << -1
1 >> 10**30
~'x'
-'x'
[] + 1
'a' + 1
{} | {}
'a' * 'b'
3 < 'a'
1 in 3
[1][1.5]
{[1]: 2}
{1, [2]}
{**3}
print(*3)
print(**3)
dict(1)
list(3)
set([[1]])
math.sqrt(-1)
math.log(0)
math.gcd('a')
math.floor(float('inf'))
pow(2, -1, 0)
a, b = 1
a, *b = ()
x = self.nothing.at.all
del zzz
raise 3
"""
    ),
}  # fmt: skip

ALL = {
    f"{group}-{name}": source
    for group, sources in [
        ("loops", LOOPS), ("sizes", SIZES), ("recursion", RECURSION), ("branches", BRANCHES), ("nonsense", NONSENSE)
    ]
    for name, source in sources.items()
}  # fmt: skip
