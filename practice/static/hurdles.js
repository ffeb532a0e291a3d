// What a person must do before the page can be used again: the slider, the code by e-mail.

import { PAGE, askPlainly, css, html, post, useEffect, useRef, useState } from './kit.js'

const { App, Button, Input, Modal } = window.antd

const WIDTH = 340 // of the picture and the track, as on the server
const PIECE = 56
// On order pages the box has one more name around it.
const BOX = window.location.pathname.startsWith('/ffa/morder/')
  ? 'fxg_risk_captcha_container' : undefined

// Whether the captcha stands, and how to say that it was solved. Asks now and then: a person may
// have solved it in another tab.
function useCaptcha() {
  const [open, setOpen] = useState(PAGE.hurdle === 'captcha')
  function solved() {
    setOpen(false)
    window.dispatchEvent(new Event('captcha-solved'))
  }
  useEffect(() => {
    const ask = () => setOpen(true)
    window.addEventListener('captcha-asked', ask)
    return () => window.removeEventListener('captcha-asked', ask)
  }, [])
  useEffect(() => {
    if (!open) return undefined
    const timer = setInterval(async () => {
      const { code } = await askPlainly('/ecomauth/loginv1/session_check')
      if (code === 0) solved()
    }, 500)
    return () => clearInterval(timer)
  }, [open])
  return [open, solved]
}

export function Captcha() {
  const [open, solved] = useCaptcha()
  if (!open) return null
  return html`
    <div className=${css('captcha_mask')}>
      <div id=${BOX}><div id="captcha_container"><div id="vc_captcha_box">
        <strong>请完成下列验证后继续</strong>
        <${Slider} solved=${solved} />
      </div></div></div>
    </div>`
}

function Slider({ solved }) {
  const [x, setX] = useState(0)
  const [failed, setFailed] = useState(false)
  const grip = useRef(null) // where the pointer took hold

  function take(event) {
    event.currentTarget.setPointerCapture(event.pointerId)
    grip.current = event.clientX
    setFailed(false)
  }

  function drag(event) {
    if (grip.current === null) return
    setX(Math.max(0, Math.min(WIDTH - PIECE, event.clientX - grip.current)))
  }

  async function release() {
    if (grip.current === null) return
    grip.current = null
    const answer = await post('/captcha/verify', { x })
    if (answer.code === 0) return solved()
    setFailed(true)
    setX(0)
  }

  return html`
    <div className=${css('captcha_picture')}>
      <img className="captcha-verify-image" width=${WIDTH} src="/captcha/picture" alt="" />
      <span className=${css('captcha_piece')} style=${{ left: x }} />
    </div>
    <div className=${css('captcha_track')}>
      <span>${failed ? '验证失败，请重新尝试' : '按住左边按钮拖动'}</span>
      <div className="captcha-slider" style=${{ left: x }} onPointerDown=${take}
        onPointerMove=${drag} onPointerUp=${release}>→</div>
    </div>`
}

export function RiskNotice() {
  const { message } = App.useApp()
  const [open, setOpen] = useState(PAGE.hurdle === 'risk_notice')
  const [code, setCode] = useState('')

  async function send() {
    const answer = await post('/ecomauth/risk/send_code', {})
    if (answer.code === 0) message.success('验证码已发送')
    else message.error(answer.msg)
  }

  async function verify() {
    const answer = await post('/ecomauth/risk/verify', { code })
    if (answer.code === 0) setOpen(false)
    else message.error(answer.msg)
  }

  return html`
    <${Modal} open=${open} title="安全验证" width=${440} footer=${null} closable=${false}
      maskClosable=${false} keyboard=${false}>
      <p>系统判断当前操作存在风险，请进行安全验证</p>
      <p className="quiet">验证码将发送至邮箱 ${PAGE.mail}</p>
      <div className=${css('style_codeRow')}>
        <${Input} placeholder="请输入6位验证码" maxLength=${6} value=${code}
          onChange=${(event) => setCode(event.target.value)} onPressEnter=${verify} />
        <${Button} onClick=${send}>发送验证码<//>
        <${Button} type="primary" disabled=${code.length < 6} onClick=${verify}>验证<//>
      </div>
    <//>`
}
