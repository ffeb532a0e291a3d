// /login/common: by mobile or e-mail, with a password, a text message or the app; then the shop.

import { Kit, PAGE, css, html, post, show, useEffect, useState } from './kit.js'
import { ShopPicker } from './shop_picker.js'

const { App, Button, Checkbox, Input, Tabs } = window.antd

const WAYS = [
  { key: 'mobile', label: '手机登录', name: 'mobile', placeholder: '手机号码', sms: true },
  { key: 'email', label: '邮箱登录', name: 'email', placeholder: '邮箱', sms: false },
]
const AGAIN_SECONDS = 60

function LoginForm({ way, onLogin }) {
  const { message } = App.useApp()
  const [account, setAccount] = useState('')
  const [bySms, setBySms] = useState(false)
  const [secret, setSecret] = useState('')
  const [agreed, setAgreed] = useState(false)
  const [busy, setBusy] = useState(false)

  async function login() {
    const what = bySms ? '验证码' : '密码'
    if (!account || !secret) return message.error(`请输入${way.placeholder}和${what}`)
    if (!agreed) return message.error('请先阅读并同意服务协议')
    setBusy(true)
    const proof = bySms ? { code: secret } : { password: secret }
    const answer = await post('/ecomauth/loginv1/login', { account, ...proof })
    setBusy(false)
    if (answer.code === 0) return onLogin(answer.data)
    message.error(answer.msg)
  }

  function change() {
    setBySms(!bySms)
    setSecret('')
  }

  const type = (event) => setSecret(event.target.value)
  return html`
    <div className=${css('login_form')}>
      <${Input} size="large" name=${way.name} placeholder=${way.placeholder} value=${account}
        onChange=${(event) => setAccount(event.target.value.trim())} onPressEnter=${login} />
      ${bySms
        ? html`<${CodeInput} mobile=${account} value=${secret} onChange=${type} onEnter=${login} />`
        : html`<${Input} size="large" type="password" name="password" placeholder="密码"
            value=${secret} onChange=${type} onPressEnter=${login} />`}
      ${way.sms && html`<a onClick=${change}>${bySms ? '密码登录' : '验证码登录'}</a>`}
      <button type="button" className="account-center-action-button" disabled=${busy}
        onClick=${login}>登录</button>
      <${Checkbox} checked=${agreed} onChange=${(event) => setAgreed(event.target.checked)}>
        我已阅读并同意《用户服务协议》和《隐私政策》
      <//>
    </div>`
}

// The field for the code of a text message, and the button that sends one a minute.
function CodeInput({ mobile, value, onChange, onEnter }) {
  const { message } = App.useApp()
  const [wait, setWait] = useState(0)
  useEffect(() => {
    const timer = wait > 0 && setTimeout(() => setWait(wait - 1), 1000)
    return () => clearTimeout(timer)
  }, [wait])

  async function send() {
    if (!mobile) return message.error('请输入手机号码')
    const answer = await post('/ecomauth/loginv1/send_code', { mobile })
    if (answer.code !== 0) return message.error(answer.msg)
    message.success('验证码已发送')
    setWait(AGAIN_SECONDS)
  }

  const button = html`
    <${Button} type="link" size="small" disabled=${wait > 0} onClick=${send}>
      ${wait > 0 ? `${wait}秒后重新发送` : '发送验证码'}
    <//>`
  return html`
    <${Input} size="large" name="code" placeholder="验证码" maxLength=${6} value=${value}
      suffix=${button} onChange=${onChange} onPressEnter=${onEnter} />`
}

// Nobody can scan it: this store has no app. It is here because robots meet it.
const QrCode = () => html`
  <div className=${css('login_qr')}>
    <div className="account-center-image-content">${CELLS.map((dark, at) => html`
      <i key=${at} className=${dark ? 'dark' : ''} />`)}</div>
    <p>打开抖店App扫码登录</p>
  </div>`
const CELLS = Array.from({ length: 21 * 21 }, (_, at) => (at * at * 7 + at * 13) % 5 < 2)

// Only a page of this site: an address elsewhere would make the login a springboard.
function target() {
  const extra = new URLSearchParams(window.location.search).get('extra') || ''
  return /^\/(?![/\\])/.test(extra) ? extra : '/ffa/mshop/homepage/index'
}

const enter = () => window.location.assign(target())

function LoginCard() {
  const [choosing, setChoosing] = useState(PAGE.choose_shop)
  const [byQr, setByQr] = useState(false)
  if (choosing) {
    return html`
      <div className="login-title">请选择店铺</div>
      <${ShopPicker} onChosen=${enter} />`
  }
  const onLogin = (data) => (data.choose_shop ? setChoosing(true) : enter())
  const tabs = WAYS.map((way) => ({
    key: way.key,
    label: way.label,
    children: html`<${LoginForm} way=${way} onLogin=${onLogin} />`,
  }))
  return html`
    <div className="login-title">欢迎登录商家后台</div>
    <div className="login-switcher--cell" onClick=${() => setByQr(!byQr)}>
      ${byQr ? '切换为手机/邮箱登录' : '切换为扫码登录'}
    </div>
    ${byQr ? html`<${QrCode} />` : html`<${Tabs} items=${tabs} destroyInactiveTabPane />`}`
}

function LoginPage() {
  return html`
    <div className="login-page">
      <div className="login-words">
        <div className="login-brand"><span className="brand-mark">店</span>练习店铺后台</div>
        <h1>把每天的点击<br />交给店小二</h1>
        <p>这里是练习用的店铺，数据只在这台电脑上。</p>
      </div>
      <div className="login-card"><${LoginCard} /></div>
    </div>`
}

show(html`<${Kit} prefix="auxo"><${LoginPage} /><//>`)
