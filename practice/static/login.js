// /login/common: mobile or e-mail, password, agreement.

import { Kit, css, html, post, show, useState } from './kit.js'

const { App, Button, Checkbox, Input, Tabs } = window.antd

const WAYS = [
  { key: 'mobile', label: '手机登录', name: 'mobile', placeholder: '手机号码' },
  { key: 'email', label: '邮箱登录', name: 'email', placeholder: '邮箱' },
]

function LoginForm({ way }) {
  const { message } = App.useApp()
  const [account, setAccount] = useState('')
  const [password, setPassword] = useState('')
  const [agreed, setAgreed] = useState(false)
  const [busy, setBusy] = useState(false)

  async function login() {
    if (!account || !password) return message.error(`请输入${way.placeholder}和密码`)
    if (!agreed) return message.error('请先阅读并同意服务协议')
    setBusy(true)
    const answer = await post('/ecomauth/loginv1/login', { account, password })
    if (answer.code === 0) return window.location.assign(target())
    setBusy(false)
    message.error(answer.msg)
  }

  return html`
    <div className=${css('login_form')}>
      <${Input} size="large" name=${way.name} placeholder=${way.placeholder} value=${account}
        onChange=${(event) => setAccount(event.target.value.trim())} onPressEnter=${login} />
      <${Input} size="large" type="password" name="password" placeholder="密码" value=${password}
        onChange=${(event) => setPassword(event.target.value)} onPressEnter=${login} />
      <button type="button" className="account-center-action-button" disabled=${busy}
        onClick=${login}>登录</button>
      <${Checkbox} checked=${agreed} onChange=${(event) => setAgreed(event.target.checked)}>
        我已阅读并同意《用户服务协议》和《隐私政策》
      <//>
    </div>`
}

// Only a page of this site: an address elsewhere would make the login a springboard.
function target() {
  const extra = new URLSearchParams(window.location.search).get('extra') || ''
  return /^\/(?![/\\])/.test(extra) ? extra : '/ffa/mshop/homepage/index'
}

function LoginPage() {
  const tabs = WAYS.map((way) => ({
    key: way.key,
    label: way.label,
    children: html`<${LoginForm} way=${way} />`,
  }))
  return html`
    <div className="login-page">
      <div className="login-words">
        <div className="login-brand"><span className="brand-mark">店</span>练习店铺后台</div>
        <h1>把每天的点击<br />交给店小二</h1>
        <p>这里是练习用的店铺，数据只在这台电脑上。</p>
      </div>
      <div className="login-card">
        <div className="login-title">欢迎登录商家后台</div>
        <${Tabs} items=${tabs} destroyInactiveTabPane />
      </div>
    </div>`
}

show(html`<${Kit} prefix="auxo"><${LoginPage} /><//>`)
