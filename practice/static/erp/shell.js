// Everything behind the login: header, sidebar, bread crumbs, and the page the address names.

import { computed, ref } from 'vue'
import { PAGE, address, go, post, show } from './kit.js'
import { Notices, Tour } from './notices.js'
import { AddressesPage } from './addresses.js'
import { ItemsPage } from './items.js'
import { SubApp } from './sub_app.js'

const HEADER = [
  { id: 'home', hook: 'Home', label: '首页', to: '/welcome' },
  { id: 'goods', hook: 'Goods', label: '产品', to: '/common_collect_box/items?tabPaneName=all' },
  {
    id: 'order',
    hook: 'Order',
    label: '订单',
    to: '/order/return_address',
    menu: [
      { label: '待处理' },
      { label: '历史订单' },
      { label: '采购记录' },
      { label: '退货地址管理', to: '/order/return_address', hook: 'J_orderReturnAddress' },
    ],
  },
  { id: 'hosting', hook: 'Hosting', label: '托管' },
  { id: 'advertising', hook: 'Advertising', label: '广告' },
  { id: 'data', hook: 'Data', label: '数据' },
  { id: 'purchase', hook: 'Purchase', label: '采购' },
  { id: 'warehouse', hook: 'Warehouse', label: '仓库' },
  { id: 'logistics', hook: 'Logistics', label: '物流' },
  { id: 'mores', hook: 'Mores', label: '更多' },
  { id: 'authorization', hook: 'Authorization', label: '授权', to: '/auth_shop/index' },
]
const SIDEBARS = {
  goods: [
    { label: '通用功能', children: [
      { label: '产品采集', hook: 'J_CommonCollectBoxIndex', to: '/common_collect_box/index' },
      { label: '公用采集箱', hook: 'J_CommonCollectBoxItems',
        to: '/common_collect_box/items?tabPaneName=all' },
    ] },
    { label: '货盘中心', children: [
      { label: '跨境产业带', hook: 'J_undefined' }, { label: '本土货盘', hook: 'J_undefined' },
      { label: '邀请供应商', hook: 'J_undefined' },
    ] },
    { label: '数据选品', children: [{ label: 'Shopee热销' }, { label: 'TikTok热销' }] },
    { label: '快速上货', children: [
      { label: '采集箱', hook: 'J_PddkjCollectBoxItems', to: '/pddkj/collect_box/items' },
      { label: '发布记录', hook: 'J_PddkjMoveCollectHistory', to: '/pddkj/move_collect/history' },
    ] },
    { label: '在线产品', children: [
      { label: '产品管理', hook: 'J_PddkjItemItemIndex', to: '/pddkj/item/item/index' },
    ] },
  ],
  order: [
    { label: '订单处理', children: [{ label: '待处理' }, { label: '历史订单' }, { label: '平台售后' }] },
    { label: '采购', children: [{ label: '采购记录' }] },
    { label: '订单设置', children: [
      { label: '退货地址管理', hook: 'J_OrderReturnAddress', to: '/order/return_address' },
    ] },
  ],
  authorization: [
    { label: '授权管理', children: [
      { label: '店铺授权', hook: 'J_AuthShopIndex', to: '/auth_shop/index' },
    ] },
  ],
}
const PAGES = {
  '/common_collect_box/items': { title: '公用采集箱', part: 'goods', page: ItemsPage },
  '/order/return_address': { title: '退货地址管理', part: 'order', page: AddressesPage },
  '/auth_shop/index': { title: '店铺授权', part: 'authorization', page: SubApp },
}
const LABELS = Object.fromEntries(HEADER.map((one) => [one.id, one.label]))

// Its sub-menu opens below the mouse, and is not there before.
const NavItem = {
  props: ['item', 'active'],
  setup: () => ({ open: ref(false), go }),
  template: `
    <li class="nav-item" :id="item.id" :class="['J_navBar' + item.hook, { 'is-active': active }]"
      @mouseenter="open = true" @mouseleave="open = false">
      <span class="nav-label" @click="item.to && go(item.to)">{{ item.label }}</span>
      <ul v-if="open && item.menu" class="nav-sub-list">
        <li v-for="one in item.menu" :key="one.label" :class="['nav-sub-item', one.hook]"
          @click="one.to && (open = false, go(one.to))">{{ one.label }}</li>
      </ul>
    </li>`,
}

const Header = {
  components: { NavItem },
  props: ['part'],
  setup() {
    async function leave() {
      await post('/api/auth/account/logout')
      window.location.assign('/')
    }
    return { HEADER, PAGE, leave }
  },
  template: `
    <header class="nav-bar">
      <div class="nav-brand"><i class="brand-mark">E</i>练习ERP</div>
      <ul class="nav-list">
        <nav-item v-for="one in HEADER" :key="one.id" :item="one" :active="one.id === part" />
      </ul>
      <div class="nav-right">
        <span>免费预约培训</span><span>联系客服</span><span>帮助</span><span>数据同步</span><span>插件</span>
        <el-dropdown>
          <span class="nav-user"><b class="company-name">{{ PAGE.company }}</b>
            <span class="account-name">{{ PAGE.name }}</span></span>
          <template #dropdown><el-dropdown-menu>
            <el-dropdown-item @click="leave">退出登录</el-dropdown-item>
          </el-dropdown-menu></template>
        </el-dropdown>
      </div>
    </header>`,
}

const Sidebar = {
  props: ['groups', 'path'],
  setup: () => ({ go }),
  template: `
    <aside class="side-bar">
      <div v-for="group in groups" :key="group.label" class="side-group">
        <div class="side-title">{{ group.label }}</div>
        <a v-for="one in group.children" :key="one.label" :class="['side-item', one.hook,
          { 'is-active': one.to && one.to.split('?')[0] === path, 'is-missing': !one.to }]"
          @click="one.to && go(one.to)">{{ one.label }}</a>
      </div>
    </aside>`,
}

const Welcome = {
  setup: () => ({ PAGE, go }),
  template: `
    <div class="pro-card welcome">
      <h2>{{ PAGE.name }}，欢迎使用练习ERP</h2>
      <p class="quiet">{{ PAGE.company }}</p>
      <div class="welcome-links">
        <el-button class="pro-button" @click="go('/common_collect_box/items?tabPaneName=all')">
          公用采集箱</el-button>
        <el-button class="pro-button" @click="go('/order/return_address')">退货地址管理</el-button>
        <el-button class="pro-button" @click="go('/auth_shop/index')">店铺授权</el-button>
      </div>
    </div>`,
}

const Missing = {
  template: `
    <div class="pro-card"><el-result icon="warning" title="页面建设中"
      sub-title="练习ERP没有这个页面" /></div>`,
}

const Shell = {
  components: { NavHeader: Header, Sidebar, Notices, Tour },
  setup() {
    const path = computed(() => address.value.split('?')[0])
    const known = computed(() => PAGES[path.value])
    const inGoods = computed(() => /^\/(common_collect_box|pddkj)\//.test(path.value))
    const part = computed(() => known.value?.part ?? (inGoods.value ? 'goods' : 'home'))
    const page = computed(() => known.value?.page ?? (part.value === 'home' ? Welcome : Missing))
    const groups = computed(() => SIDEBARS[part.value])
    const crumbs = computed(() => [LABELS[part.value], known.value?.title].filter(Boolean))
    return { path, part, page, groups, crumbs }
  },
  template: `
    <div class="erp">
      <nav-header :part="part" />
      <div class="erp-body">
        <sidebar v-if="groups" :groups="groups" :path="path" />
        <main id="appScrollContainer">
          <el-breadcrumb v-if="groups" class="pro-breadcrumb" separator="/">
            <el-breadcrumb-item v-for="one in crumbs" :key="one">{{ one }}</el-breadcrumb-item>
          </el-breadcrumb>
          <component :is="page" :key="path" />
        </main>
      </div>
      <notices />
      <tour />
    </div>`,
}

show(Shell)
