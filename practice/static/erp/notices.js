// What lies over a page and was not asked for: announcements, a tour; and dialogs nobody sees.

import { ref, onMounted } from 'vue'
import { PAGE, fault, go, luck } from './kit.js'

// On the real site these are in every page, closed: being there is not being visible.
const HIDDEN = ['提示', '翻译结果预览', '重要公告', '关于：打印截断问题']
const NEWS = [
  { title: '店铺健康功能迁移', way: '我已知晓',
    text: '店铺健康功能已迁移至「数据 > 店铺诊断」，原入口将于近期下线，请及时熟悉新的操作路径。' },
  { title: '系统升级公告', way: '我知道了',
    text: '为提供更稳定的服务，系统将于凌晨 02:00 至 04:00 进行升级，期间部分功能可能无法使用。' },
  { title: '退货地址规则调整', way: '知道了',
    text: '退货地址须精确到门牌号，联系电话须保持畅通，请尽快核对已有的退货地址。' },
  { title: '年终活动报名中', way: '关闭广告',
    text: '报名参加年终大促，享受采购单补贴与打单优惠。' },
]

export const Notices = {
  setup() {
    const open = ref([])
    onMounted(() => {
      if (!PAGE.faults.includes('erp_notice')) return
      const first = Math.floor(luck() * NEWS.length)
      const many = luck() < 0.5 ? 1 : 2 // they stack up to two deep
      setTimeout(() => {
        fault('erp_notice')
        open.value = [0, 1].slice(0, many).map((at) => NEWS[(first + at) % NEWS.length])
      }, 300 + luck() * 1700)
    })
    const close = (one) => { open.value = open.value.filter((other) => other !== one) }
    const follow = (one) => { // leads away from what somebody was doing
      close(one)
      go('/welcome')
    }
    return { HIDDEN, open, close, follow }
  },
  template: `
    <div v-for="title in HIDDEN" :key="title" class="jx-overlay jx-modal-dialog" style="display: none">
      <div role="dialog" aria-modal="true" :aria-label="title" class="jx-overlay-dialog">
        <div class="jx-dialog"><header class="jx-dialog__header">
          <span class="jx-dialog__title">{{ title }}</span></header>
          <div class="jx-dialog__body">{{ title }}</div>
          <footer class="jx-dialog__footer"><button type="button" class="jx-button">确定</button></footer>
        </div>
      </div>
    </div>
    <el-dialog v-for="one in open" :key="one.title" :model-value="true" :title="one.title" width="460"
      class="notice-message-box-dialog" append-to-body :close-on-click-modal="false"
      :close-on-press-escape="false" @close="close(one)">
      <p>{{ one.text }}</p>
      <template #footer>
        <el-button v-if="one.way === '关闭广告'" class="pro-button" type="primary"
          @click="follow(one)">立即进入</el-button>
        <el-button class="pro-button" :type="one.way === '关闭广告' ? '' : 'primary'"
          @click="close(one)">{{ one.way }}</el-button>
      </template>
    </el-dialog>`,
}

// Its mask covers everything and takes every click that does not go to its buttons.
export const Tour = {
  setup() {
    const open = ref(false)
    onMounted(() => {
      if (!PAGE.faults.includes('erp_tour')) return
      setTimeout(() => { open.value = fault('erp_tour') }, 200 + luck() * 1200)
    })
    return { open }
  },
  template: `
    <el-tour v-model="open" :show-close="false" :close-on-press-escape="false">
      <el-tour-step target=".pro-query-form" title="新手教程">
        <p>在这里输入条件，点击搜索即可快速找到数据。</p>
        <el-button class="pro-button" size="small" @click="open = false">跳过新手教程</el-button>
      </el-tour-step>
      <el-tour-step target=".pro-toolbar" title="新手教程"><p>常用的操作都在这里。</p></el-tour-step>
    </el-tour>`,
}
