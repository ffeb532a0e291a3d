// Everything under /ffa: the shell with menu and header, and the page the address names.

import { Kit, PAGE, css, go, html, show, useEffect, useState } from './kit.js'
import { HomePage } from './home.js'
import { GoodsListPage } from './goods_list.js'
import { GoodsCreatePage } from './goods_create.js'
import { GoodsSuccessPage } from './goods_success.js'

const { Layout, Menu, Result } = window.antd

const PAGES = {
  '/ffa/mshop/homepage/index': HomePage,
  '/ffa/g/create': GoodsCreatePage,
  '/ffa/g/list': GoodsListPage,
  '/ffa/g/success': GoodsSuccessPage,
}

const later = (label) => ({ key: label, label, disabled: true })
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
  { key: 'order', label: '订单', type: 'group', children: [later('订单管理'), later('发货中心')] },
  { key: 'aftersale', label: '售后', type: 'group', children: [later('售后工作台')] },
  { key: 'data', label: '数据', type: 'group', children: [later('电商罗盘')] },
  { key: 'shop', label: '店铺', type: 'group', children: [later('店铺管理'), later('资金')] },
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
  return html`
    <${Layout.Header} className=${css('index_header')}>
      <div className=${css('index_brand')}><span className="brand-mark">店</span>练习店铺后台</div>
      <div className=${css('index_shop')}>
        <span className="headerShopName">${PAGE.shop_name}</span>
        <span className=${css('index_shopId')}>店铺ID：${PAGE.shop_id}</span>
        <span className=${css('index_userName')}>${PAGE.phone}</span>
      </div>
    <//>`
}

function Backend() {
  const address = useAddress()
  const path = address.split('?')[0]
  const Page = PAGES[path] || NoSuchPage
  return html`
    <${Layout} className="backend">
      <${Header} />
      <${Layout} hasSider>
        <${Layout.Sider} width=${176} theme="light">
          <${Menu} mode="inline" items=${MENU} selectedKeys=${[path]}
            onClick=${({ key }) => go(key)} />
        <//>
        <${Layout.Content} className="app-content" id="app_subContainer">
          <${Kit} prefix=${path.startsWith('/ffa/g/') ? 'ecom-g' : 'auxo'}>
            <${Page} key=${address} params=${new URLSearchParams(window.location.search)} />
          <//>
        <//>
      <//>
      <iframe className="captcha-frame" id="captcha" title="captcha" src="about:blank"
        width="300" height="150" />
    <//>`
}

const NoSuchPage = () => html`<${Result} status="404" title="页面不存在" />`

show(html`<${Kit} prefix="auxo"><${Backend} /><//>`)
