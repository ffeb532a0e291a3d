// The login page: account, password, and 图形验证码 when somebody was too often wrong.

import { ref } from 'vue'
import { PAGE, post, show } from './kit.js'

const wanted = new URLSearchParams(window.location.search).get('redirect') ?? ''
const inside = wanted.startsWith('/') && !wanted.startsWith('//') && !wanted.startsWith('/\\')
const target = inside ? wanted : PAGE.home

const LoginPage = {
  setup() {
    const form = ref({ mobile: '', password: '', captcha: '', captchaKey: '' })
    const [error, busy, picture] = [ref(''), ref(false), ref('')]

    function renew() {
      form.value.captcha = ''
      form.value.captchaKey = crypto.randomUUID()
      picture.value = `/api/auth/account/captcha?key=${form.value.captchaKey}`
    }

    async function login() {
      const { mobile, password, captcha } = form.value
      error.value = ''
      if (!mobile.trim()) error.value = '请输入手机号/子账号/邮箱'
      else if (!password) error.value = '请输入密码'
      else if (picture.value && !captcha) error.value = '请输入图形验证码'
      if (error.value) return
      busy.value = true
      const answer = await post('/api/auth/account/login', { ...form.value, mobile: mobile.trim() })
      busy.value = false
      if (answer.result === 'success') return window.location.assign(target)
      error.value = answer.reason
      if (answer.code === 40008 || picture.value) renew()
    }

    if (PAGE.captcha) renew()
    return { form, error, busy, picture, renew, login }
  },
  template: `
    <div class="login-page">
      <div class="login-side">
        <h1>练习ERP</h1>
        <p>多店铺 · 一键铺货 · 订单采购 · 退货地址统一管理</p>
      </div>
      <form class="login-box" @submit.prevent="login">
        <div class="login-tabs"><span class="is-active">账号登录</span></div>
        <input v-model="form.mobile" class="account-input" name="mobile" autocomplete="username"
          placeholder="手机号/子账号/邮箱">
        <input v-model="form.password" class="password-input" name="password" type="password"
          autocomplete="current-password" placeholder="密码">
        <div v-if="picture" class="captcha-line">
          <input v-model="form.captcha" class="captcha-input" name="captcha" placeholder="图形验证码">
          <img class="captcha-img" alt="图形验证码" :src="picture" @click="renew">
        </div>
        <p class="login-error" role="alert">{{ error }}</p>
        <button class="login-button" type="submit" :disabled="busy">立即登录</button>
        <div class="login-links"><a>忘记密码</a><a>免费注册</a></div>
      </form>
    </div>`,
}

show(LoginPage)
