// Everything under /ffa: the shell with menu and header, and the page the address names.

import { Kit, PAGE, React, css, go, html, show, useEffect, useState } from './kit.js'
import { Captcha, RiskNotice } from './hurdles.js'
import { DragController, GuideOverlay, NoticeDrawer } from './notices.js'
import { ShopPicker } from './shop_picker.js'
import { HomePage } from './home.js'
import { GoodsListPage } from './goods_list.js'
import { GoodsCreatePage } from './goods_create.js'
import { GoodsAuditPage, GoodsSuccessPage } from './goods_success.js'

const { Layout, Menu, Modal, Result, Spin } = window.antd

// Pages of other apps come when they are first asked for: those of goods must not wait for them.
const later = (file, name) =>
  React.lazy(() => import(file).then((module) => ({ default: module[name] })))

const PAGES = {
  '/ffa/mshop/homepage/index': HomePage,
  '/ffa/arrival-pages/home': HomePage, // of shops that have the newer one
  '/ffa/g/create': GoodsCreatePage,
  '/ffa/g/list': GoodsListPage,
  '/ffa/g/success': GoodsSuccessPage,
  '/ffa/g/audit': GoodsAuditPage,
  '/ffa/morder/order/list': later('./order_list.js', 'OrderListPage'),
  '/ffa/morder/logistics/delivery': later('./order_ship.js', 'OrderShipPage'),
  '/ffa/morder/logistics/address-list': later('./address_book.js', 'AddressBookPage'),
  '/ffa/g/supply-bind': later('./goods_bind.js', 'GoodsBindPage'),
  '/ffa/order/detail': later('./order_detail.js', 'OrderDetailPage'),
}

const missing = (label) => ({ key: label, label, disabled: true })
// Groups of the real menu of which this store has no page.
const group = (label, ...pages) => ({ key: label, label, type: 'group', children: pages.map(missing) })
const MENU = [
  { key: '/ffa/mshop/homepage/index', label: '首页' },
  {
    key: 'goods',
    label: '商品',
    type: 'group',
    children: [
      { key: '/ffa/g/create', label: '商品创建' },
      { key: '/ffa/g/list', label: '商品管理' },
    ],
  },
  {
    key: 'orders',
    label: '订单',
    type: 'group',
    children: [{ key: '/ffa/morder/order/list', label: '订单管理' }, missing('发货中心')],
  },
  group('售后', '售后工作台', '售后小助手'),
  group('数据', '电商罗盘'),
  group('用户', '评价管理'),
  group('内容', '商品素材'),
  group('营销', '优惠券', '营销管理'),
  group('广告', '推广'),
  {
    key: 'logistics',
    label: '物流',
    type: 'group',
    children: [
      missing('物流工具'),
      { key: '/ffa/morder/logistics/address-list', label: '地址库管理' },
      missing('电子面单'),
    ],
  },
  group('服务', '服务工单'),
  group('店铺', '店铺管理', '资金'),
  group('治理', '违规管理', '店铺保障'),
  group('商城', '商家体验分'),
]

// The path and query of the page we are on, kept up to date by go() and the browser's own buttons.
function useAddress() {
  const read = () => window.location.pathname + window.location.search
  const [address, setAddress] = useState(read)
  useEffect(() => {
    const follow = () => setAddress(read())
    window.addEventListener('popstate', follow)
    return () => window.removeEventListener('popstate', follow)
  }, [])
  return address
}

function Header() {
  const [choosing, setChoosing] = useState(false)
  return html`
    <${Layout.Header} className=${css('index_header')}>
      <div className=${css('index_brand')}><span className="brand-mark">店</span>练习店铺后台</div>
      <div className=${css('index_shop')}>
        <span className="headerShopName">${PAGE.shop_name}</span>
        <span className=${css('index_shopId')}>店铺ID：${PAGE.shop_id}</span>
        <a className=${css('index_switch')} onClick=${() => setChoosing(true)}>切换组织/店铺</a>
        <span className=${css('index_userName')}>${PAGE.phone}</span>
      </div>
      <${Modal} open=${choosing} title="请选择店铺" width=${440} footer=${null} destroyOnClose
        onCancel=${() => setChoosing(false)}>
        <${ShopPicker} onChosen=${() => window.location.reload()} />
      <//>
    <//>`
}

// The real backend hangs each app into such a nest of elements.
function MicroApp({ name, children }) {
  return html`
    <div className="load_app_container" id=${`__LOAD_${name}_APP_DOM__`}>
      <div id=${`garfish_app_for_${name}_${PAGE.build}`}>
        <div __garfishmockhtml__=""><div __garfishmockbody__="">
          <div id="root">${children}</div>
        </div></div>
      </div>
    </div>`
}

// What a page could not show must not take the shell away with it.
class Shield extends React.Component {
  state = { broken: false }

  static getDerivedStateFromError() {
    return { broken: true }
  }

  render() {
    const words = html`<${Result} status="warning" title="数据异常请刷新重试" />`
    return this.state.broken ? words : this.props.children
  }
}

const mayUse = (app) => app !== 'g' || PAGE.permissions.some((one) => one === '*' || one === app)

function Backend() {
  const address = useAddress()
  const path = address.split('?')[0]
  const app = path.split('/')[2] || 'mshop'
  const Page = mayUse(app) ? PAGES[path] || NoSuchPage : NoPermission
  const prefix = app === 'g' ? 'ecom-g' : 'auxo'
  return html`
    <${Layout} className="backend">
      <${Header} />
      <${Layout} hasSider>
        <${Layout.Sider} width=${176} theme="light">
          <${Menu} mode="inline" items=${MENU} selectedKeys=${[path]}
            onClick=${({ key }) => go(key)} />
        <//>
        <${Layout.Content} className="app-content" id="app_subContainer">
          <${MicroApp} name=${app}>
            <${Kit} prefix=${prefix}>
              <${Shield} key=${address}>
                <${React.Suspense} fallback=${html`<${Spin} className="page-spin" />`}>
                  <${Page} params=${new URLSearchParams(window.location.search)} />
                <//>
              <//>
            <//>
          <//>
        <//>
      <//>
      <iframe className="captcha-frame" id="captcha" title="captcha" src="about:blank#captcha"
        width="300" height="150" />
      <${DragController} />
      ${app === 'g' && html`<div id="__ffa-goods-popup-container__" />`}
      <${Kit} prefix=${prefix}><${NoticeDrawer} /><${GuideOverlay} /><//>
      <${Captcha} />
      <${RiskNotice} />
    <//>`
}

const NoSuchPage = () => html`<${Result} status="404" title="页面不存在" />`

const NoPermission = () => html`
  <${Result} status="403" title="您无操作权限，请联系主账号管理员开设权限" />`

// The real site signs its requests with these; here they are only kept.
localStorage.__token ??= crypto.randomUUID().replaceAll('-', '')
localStorage.verifyFp ??= `verify_${crypto.randomUUID().replaceAll('-', '_')}`

show(html`<${Kit} prefix="auxo"><${Backend} /><//>`)
