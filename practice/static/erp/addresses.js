// 退货地址管理: search form, table, pages, and the dialogs behind its buttons.

import { onMounted, reactive, ref } from 'vue'
import { ElMessageBox, RETURNS, SHOPS, go, post, time, told, ElMessage } from './kit.js'
import { AddressDialog } from './address_dialog.js'

const EMPTY = { receiver: '', phone: '', address: '', shopId: '', defaultKind: '' }

export const AddressesPage = {
  components: { AddressDialog },
  setup() {
    const form = reactive({ ...EMPTY })
    const pages = reactive({ pageNo: 1, pageSize: 20 })
    const list = reactive({ rows: [], total: 0, loading: false })
    const [shops, edited] = [ref([]), ref(null)]
    let asked = { ...EMPTY }

    async function load() {
      list.loading = true
      const answer = await post(`${RETURNS}/searchList`, { ...asked, ...pages })
      list.loading = false
      if (answer.result !== 'success') return ElMessage.error(answer.reason)
      list.rows = answer.list
      list.total = answer.total
    }
    function search() {
      asked = { ...form }
      pages.pageNo = 1
      return load()
    }
    function reset() {
      Object.assign(form, EMPTY)
      return search()
    }
    async function remove(row) {
      const words = `确定删除收件人为「${row.receiver}」的退货地址吗？删除后不可恢复。`
      try {
        await ElMessageBox.confirm(words, '提示', { type: 'warning' })
      } catch {
        return
      }
      if (told(await post(`${RETURNS}/delete`, { id: row.id }), '删除成功')) await load()
    }
    const region = (row) => row.region.join(' / ')
    const toItems = (row) => go(`/common_collect_box/items?tabPaneName=all&returnAddressId=${row.id}`)

    onMounted(async () => {
      load()
      shops.value = (await post(`${SHOPS}/getShopList`)).list ?? []
    })
    return { form, pages, list, shops, edited, load, search, reset, remove, region, time, toItems }
  },
  template: `
    <div class="pro-card">
      <el-form class="pro-query-form" :model="form" inline @submit.prevent="search">
        <el-form-item class="pro-form-item" label="收件人">
          <el-input v-model="form.receiver" placeholder="请输入收件人" clearable /></el-form-item>
        <el-form-item class="pro-form-item" label="联系电话">
          <el-input v-model="form.phone" placeholder="请输入联系电话" clearable /></el-form-item>
        <el-form-item class="pro-form-item" label="地址">
          <el-input v-model="form.address" placeholder="地区或详细地址" clearable /></el-form-item>
        <el-form-item class="pro-form-item" label="关联店铺">
          <el-select v-model="form.shopId" placeholder="全部店铺" clearable
            popper-class="pro-select-popper">
            <el-option v-for="one in shops" :key="one.shopId" :value="one.shopId" :label="one.shopName" />
          </el-select></el-form-item>
        <el-form-item class="pro-form-item" label="默认地址">
          <el-select v-model="form.defaultKind" placeholder="全部" clearable
            popper-class="pro-select-popper">
            <el-option value="return" label="退货默认" /><el-option value="send" label="发货默认" />
          </el-select></el-form-item>
        <el-form-item class="pro-form-item pro-form-actions">
          <el-button class="pro-button J_queryFormSearch" type="primary" native-type="submit">搜索</el-button>
          <el-button class="pro-button J_queryFormReset" @click="reset">重置</el-button>
        </el-form-item>
      </el-form>
    </div>
    <div class="pro-card">
      <div class="pro-toolbar">
        <el-button class="pro-button J_returnAddressAdd" type="primary" @click="edited = {}">
          新增退货地址</el-button>
        <span class="quiet">退货地址须精确到门牌号；退货默认与发货默认互不影响</span>
      </div>
      <el-table class="pro-table" :data="list.rows" row-key="id" v-loading="list.loading"
        :row-class-name="({ row }) => 'J_returnAddress_' + row.id">
        <el-table-column label="地址ID" prop="id" width="86" />
        <el-table-column label="收件人" prop="receiver" width="92" />
        <el-table-column label="联系电话" prop="phone" width="132" />
        <el-table-column label="所在地区" min-width="150">
          <template #default="{ row }">{{ region(row) }}</template></el-table-column>
        <el-table-column label="详细地址" prop="detail" min-width="180" />
        <el-table-column label="默认" width="88"><template #default="{ row }">
          <el-tag v-if="row.isDefault" size="small">退货默认</el-tag>
          <el-tag v-if="row.isSendDefault" size="small" type="success">发货默认</el-tag>
        </template></el-table-column>
        <el-table-column label="关联店铺" min-width="104"><template #default="{ row }">
          <div v-for="one in row.shops" :key="one.shopId">{{ one.shopName }}</div>
        </template></el-table-column>
        <el-table-column label="关联产品" width="84"><template #default="{ row }">
          <el-link type="primary" @click="toItems(row)">{{ row.itemCount }}</el-link>
        </template></el-table-column>
        <el-table-column label="备注" prop="remark" min-width="90" show-overflow-tooltip />
        <el-table-column label="更新人/更新时间" width="148"><template #default="{ row }">
          <div>{{ row.creator }}</div><div class="quiet">{{ time(row.updateTime) }}</div>
        </template></el-table-column>
        <el-table-column label="操作" width="110" fixed="right"><template #default="{ row }">
          <el-button class="pro-button J_returnAddressEdit" link type="primary"
            @click="edited = row">编辑</el-button>
          <el-button class="pro-button J_returnAddressDelete" link type="primary"
            @click="remove(row)">删除</el-button>
        </template></el-table-column>
      </el-table>
      <div class="pro-pagination">
        <div class="pro-pagination__left">{{ list.total }}条</div>
        <el-pagination v-model:current-page="pages.pageNo" v-model:page-size="pages.pageSize"
          :total="list.total" :page-sizes="[10, 20, 50, 100]"
          layout="total, sizes, prev, pager, next, jumper" @change="load" />
      </div>
    </div>
    <address-dialog :address="edited" :shops="shops" @close="edited = null" @saved="load" />`,
}
