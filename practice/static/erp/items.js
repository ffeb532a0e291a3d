// 公用采集箱: search form, tabs, batch bar, virtual table, pages.

import { computed, onMounted, reactive, ref } from 'vue'
import { BOX, ElMessage, ElMessageBox, SHOPS, address, go, post, told } from './kit.js'
import { ItemsTable } from './items_table.js'
import { RelateDialog } from './relate_dialog.js'
import { RemarkDialog } from './remark_dialog.js'

const SEVERAL = '多个用逗号分隔，支持Excel复制粘贴'
const EMPTY = { title: '', ids: '', sourceIds: '', remark: '', shopId: '', addressState: '' }
const TABS = [['all', '全部'], ['noClaimed', '未认领'], ['claimed', '已认领'], ['collectFail', '采集失败']]
const inAddress = () => new URLSearchParams(address.value.split('?')[1] ?? '')

export const ItemsPage = {
  components: { ItemsTable, RelateDialog, RemarkDialog },
  setup() {
    const form = reactive({ ...EMPTY })
    const tab = ref(inAddress().get('tabPaneName') || 'all')
    const addressId = ref(inAddress().get('returnAddressId') ?? '')
    const pages = reactive({ pageNo: 1, pageSize: 20 })
    const list = reactive({ rows: [], total: 0, counts: {}, loading: false })
    const [shops, chosen, related, remarked] = [ref([]), ref([]), ref([]), ref(null)]
    let asked = { ...EMPTY }
    const question = () => ({ ...asked, tabPaneName: tab.value, addressId: addressId.value })

    async function load() {
      list.loading = true
      const [found, counted] = await Promise.all([
        post(`${BOX}/searchList`, { ...question(), ...pages }),
        post(`${BOX}/getTabCount`, question()),
      ])
      list.loading = false
      chosen.value = []
      if (found.result !== 'success') return ElMessage.error(found.reason)
      list.rows = found.list
      list.total = found.total
      list.counts = counted.counts ?? {}
    }
    function search() {
      asked = { ...form }
      pages.pageNo = 1
      return load()
    }
    function reset() {
      Object.assign(form, EMPTY)
      addressId.value = ''
      return search()
    }
    function openTab(name) {
      pages.pageNo = 1
      go(`/common_collect_box/items?tabPaneName=${name}`)
      return load()
    }
    const sure = (words) =>
      ElMessageBox.confirm(words, '提示', { type: 'warning' }).then(() => true, () => false)

    async function remove(ids) {
      if (!ids.length) return ElMessage.warning('请先选择产品')
      if (!(await sure(`确定删除选中的${ids.length}个产品吗？删除后不可恢复。`))) return undefined
      if (told(await post(`${BOX}/delete`, { ids: ids.join(',') }), '删除成功')) return load()
    }
    async function removeAll() {
      if (!(await sure(`确定删除筛选结果的全部${list.total}个产品吗？删除后不可恢复。`))) return undefined
      const answer = await post(`${BOX}/deleteAllBySearchCondition`, question())
      if (told(answer, '删除成功')) return load()
    }
    function relate(ids) {
      if (!ids.length) return ElMessage.warning('请先选择产品')
      related.value = list.rows.filter((row) => ids.includes(row.id))
    }
    const all = computed(() => list.rows.map((row) => row.id))
    const invert = () => { chosen.value = all.value.filter((id) => !chosen.value.includes(id)) }

    onMounted(async () => {
      load()
      shops.value = (await post(`${SHOPS}/getShopList`)).list ?? []
    })
    return {
      SEVERAL, TABS, form, tab, addressId, pages, list, shops, chosen, related, remarked, all, load,
      search, reset, openTab, remove, removeAll, relate, invert,
    }
  },
  template: `
    <div class="pro-card">
      <el-form class="pro-query-form" :model="form" inline @submit.prevent="search">
        <el-form-item class="pro-form-item" label="产品标题">
          <el-input v-model="form.title" placeholder="请输入产品标题" clearable /></el-form-item>
        <el-form-item class="pro-form-item" label="产品ID/主货号">
          <el-input v-model="form.ids" :placeholder="SEVERAL" clearable /></el-form-item>
        <el-form-item class="pro-form-item" label="货源ID">
          <el-input v-model="form.sourceIds" :placeholder="SEVERAL" clearable /></el-form-item>
        <el-form-item class="pro-form-item" label="认领店铺">
          <el-select v-model="form.shopId" placeholder="请选择或输入搜索" filterable clearable
            popper-class="pro-select-popper">
            <el-option v-for="one in shops" :key="one.shopId" :value="one.shopId" :label="one.shopName" />
          </el-select></el-form-item>
        <el-form-item class="pro-form-item" label="退货地址">
          <el-select v-model="form.addressState" placeholder="全部" clearable
            popper-class="pro-select-popper">
            <el-option value="tied" label="已关联" /><el-option value="free" label="未关联" />
          </el-select></el-form-item>
        <el-form-item class="pro-form-item" label="备注">
          <el-input v-model="form.remark" placeholder="请输入备注" clearable /></el-form-item>
        <el-form-item class="pro-form-item pro-form-actions">
          <el-button class="pro-button J_queryFormSearch" type="primary" native-type="submit">搜索</el-button>
          <el-button class="pro-button J_queryFormReset" @click="reset">重置</el-button>
          <el-tag v-if="addressId" closable @close="reset">退货地址ID：{{ addressId }}</el-tag>
        </el-form-item>
      </el-form>
    </div>
    <div class="pro-card">
      <el-alert type="info" :closable="false" title="跳过和失败的产品数据仅保留30天" />
      <el-radio-group v-model="tab" class="pro-radio-group item-tabs" @change="openTab">
        <el-radio-button v-for="[name, label] in TABS" :key="name" :value="name">
          {{ label }}({{ list.counts[name] ?? 0 }})</el-radio-button>
      </el-radio-group>
      <div class="pro-toolbar">
        <el-button class="pro-button" type="primary" disabled>认领到</el-button>
        <el-button class="pro-button" disabled>平台认领配置</el-button>
        <el-button class="pro-button" disabled>分组</el-button>
        <el-dropdown popper-class="pro-dropdown-popper">
          <el-button class="pro-button">删除<i class="caret">▾</i></el-button>
          <template #dropdown><el-dropdown-menu>
            <el-dropdown-item class="J_'commonCollectBoxBatchDeleteSelected'"
              @click="remove(chosen)">删除选中</el-dropdown-item>
            <el-dropdown-item class="J_undefined" @click="removeAll">
              一键删除筛选结果全部产品</el-dropdown-item>
          </el-dropdown-menu></template>
        </el-dropdown>
        <el-button class="pro-button J_commonCollectBoxBatchReturnAddress" @click="relate(chosen)">
          关联退货地址</el-button>
        <el-button class="pro-button" disabled>更多</el-button>
        <el-button class="pro-button" disabled>创建产品</el-button>
        <el-button class="pro-button" disabled>导入产品<i class="caret">▾</i></el-button>
      </div>
      <items-table v-model="chosen" :rows="list.rows" :loading="list.loading" @remove="remove([$event])"
        @relate="relate([$event])" @remark="remarked = $event" />
      <div class="pro-pagination">
        <div class="pro-pagination__left">
          <el-link @click="chosen = all">全选</el-link><el-link @click="invert">反选</el-link>
          {{ list.total }}条</div>
        <el-pagination v-model:current-page="pages.pageNo" v-model:page-size="pages.pageSize"
          :total="list.total" :page-sizes="[10, 20, 50, 100, 200, 500]"
          layout="sizes, prev, pager, next, jumper" @change="load" />
      </div>
    </div>
    <relate-dialog :items="related" @close="related = []" @saved="load" />
    <remark-dialog :item="remarked" @close="remarked = null" @saved="load" />`,
}
