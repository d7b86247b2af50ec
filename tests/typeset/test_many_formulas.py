r"""Formulas of the notes' kind in two dimensions, as they were looked at: fractions to matrices."""

from syrupy.assertion import SnapshotAssertion

from studytool.typeset.layout import layout

FORMULAS = r"""
\frac{a}{b}
\frac{a+b}{c-d}
\frac{1}{1+\frac{1}{x}}
\frac{\partial L}{\partial w_{ij}}
\frac{dy}{dx} = \frac{dy}{du}\frac{du}{dx}
-\frac{1}{2}x^2
\tfrac{1}{2}mv^2
\frac{x^2}{\sqrt{n}}
\frac{\sigma^2}{n_{in}+n_{out}}
\left(\frac{a}{b}\right)^{n}
\sqrt{x}
\sqrt{x^2+y^2}
\sqrt[3]{x+1}
\sqrt{\frac{2}{n}}
\sqrt{1+\sqrt{1+x}}
\frac{\sqrt{1+\frac{a}{b}}}{\sum_{i=1}^{n} x_i^2}
\sum_{i=1}^{n} x_i
\sum_{k=0}^\infty \frac{x^k}{k!}
\prod_{l=1}^{L} \sigma'(z_l)
\int_0^1 f(x)\,dx
\int_{-\infty}^{\infty} e^{-x^2/2}\,dx = \sqrt{2\pi}
\lim_{n\to\infty} \left(1+\frac{1}{n}\right)^n = e
\max_{\|w\|_2 \le t} w^\top x
\min_w \frac{1}{2}\|y-Xw\|_2^2+\lambda\|w\|_1
\operatorname{argmin}_w L(w)
\bigcup_{i} A_i
\hat{y}
\hat\beta_1
\bar{x} \pm 1.96\frac{s}{\sqrt{n}}
\tilde{x}_i
\vec{v}
\dot{x}
\ddot{x} = -\frac{g}{l}\sin\theta
\overline{x+y}
\widehat{ab}
\hat{x}_i = \frac{x_i-\mu}{\sqrt{\sigma^2+\epsilon}}
y_i = \gamma\hat{x}_i+\beta
\begin{pmatrix} a & b \\ c & d \end{pmatrix}
\begin{bmatrix} 1 & 0 & 0 \\ 0 & 1 & 0 \\ 0 & 0 & 1 \end{bmatrix}
\begin{vmatrix} a & b \\ c & d \end{vmatrix} = ad - bc
\begin{Vmatrix} x \\ y \end{Vmatrix}
\begin{Bmatrix} 1 \\ 2 \\ 3 \end{Bmatrix}
\begin{matrix} a \\ b \end{matrix}
\begin{pmatrix} \frac{1}{2} & 0 \\ 0 & \frac{1}{3} \end{pmatrix}
\begin{pmatrix} a_{11} & \cdots & a_{1n} \\ \vdots & \ddots & \vdots \\ a_{m1} & \cdots & a_{mn} \end{pmatrix}
\begin{pmatrix} 1&2&3&4&5&6\\2&3&4&5&6&7\\3&4&5&6&7&8\\4&5&6&7&8&9\\5&6&7&8&9&10\\6&7&8&9&10&11 \end{pmatrix}
A^{-1} = \frac{1}{ad-bc}\begin{pmatrix} d & -b \\ -c & a \end{pmatrix}
\begin{bmatrix} x \\ y \end{bmatrix}^\top
\text{ReLU}(x) = \begin{cases} x, & x > 0 \\ 0, & x \le 0 \end{cases}
f(x) = \begin{cases} x & \text{양수일 때} \\ \alpha(e^x-1) & \text{그 밖에} \end{cases}
s = \begin{cases} 1 & a \\ 0 & b \\ -1 & c \end{cases}
\begin{cases} \frac{1}{2}x^2, & |x| \le 1 \\ |x|-\frac{1}{2}, & \text{otherwise} \end{cases}
\frac{\text{맞은 수}}{\text{모든 수}}
\text{분산} = \frac{1}{n}\sum_{i=1}^n (x_i-\bar{x})^2
\sqrt{\text{평균 제곱}}
\sigma(x) = \frac{1}{1+e^{-x}}
\sigma'(x) = \sigma(x)(1-\sigma(x))
\tanh(x) = \frac{e^x-e^{-x}}{e^x+e^{-x}}
\tanh'(x) = 1-\tanh^2(x)
\frac{e^{z_i}}{\sum_j e^{z_j}}
L = -\sum_i y_i\log\hat{y}_i
\lambda\sum_j |w_j|
\frac{\lambda}{2}\|w\|_2^2
w \leftarrow w-\eta\frac{\partial L}{\partial w}
w_{t+1} = (1-\eta\lambda)w_t-\eta g_t
\eta_t = \frac{\eta_0}{2}\left(1+\cos\frac{\pi t}{T}\right)
\text{Var}(W) = \frac{2}{n_{in}}
U\left(-\sqrt{\frac{6}{n_{in}+n_{out}}},\ \sqrt{\frac{6}{n_{in}+n_{out}}}\right)
\left(\frac{1}{\sqrt{2}}\right)^{30} = 2^{-15}
\mathbb{E}[X] = \mu
\mathrm{Cov}(X,Y) = E[XY]-E[X]E[Y]
\rho = \frac{\mathrm{Cov}(X,Y)}{\sigma_X\sigma_Y}
\sigma_{X+Y}^2 = \sigma_X^2+\sigma_Y^2+2\rho\sigma_X\sigma_Y
P(A|B) = \frac{P(B|A)P(A)}{P(B)}
\frac{1}{\sqrt{2\pi}\,\sigma}e^{-\frac{(x-\mu)^2}{2\sigma^2}}
z = \frac{\bar{x}-\mu_0}{s/\sqrt{n}}
\lfloor x \rfloor \le x < \lceil x \rceil
\langle x,y \rangle = \sum_i x_i y_i
x \in \mathbb{R}^{n\times m}
\{x : x \ne 0\}
a \ll b \approx c
1.79\times 10^{-2}
95\%
2^{n}-1
x'_1 + x''_2
(1+r)^{n} \to e^{rn}
\frac{\frac{a}{b}}{\frac{c}{d}}
\left|\frac{a}{b}\right|
\left\lfloor\frac{n}{2}\right\rfloor
""".strip().splitlines()


def test_formulas_as_they_were_looked_at(snapshot: SnapshotAssertion) -> None:
    assert len(set(FORMULAS)) >= 80
    drawn = ["\n".join([latex, *layout(latex)]) for latex in FORMULAS]
    assert "\n\n".join(drawn) == snapshot
