// 店铺授权, a page of the sub-app: Vue 2 with Element UI. Its fixed columns are copies: each row stands
// in the document three times.

import { RETURNS, SHOPS, post } from './kit.js'

export const authShopPage = {
  data: () => ({ rows: [], options: [], loading: false, shop: null, addressId: '', busy: false }),
  created() {
    this.load()
  },
  methods: {
    async load() {
      this.loading = true
      const answer = await post(`${SHOPS}/getShopList`)
      this.loading = false
      if (answer.result !== 'success') return this.$message.error(answer.reason)
      this.rows = answer.list
    },
    async edit(row) {
      this.shop = row
      this.addressId = row.addressId || ''
      this.options = (await post(`${RETURNS}/getOptions`)).list ?? []
    },
    async save() {
      this.busy = true
      const answer = await post(`${SHOPS}/relateReturnAddress`, {
        shopId: this.shop.shopId,
        addressId: this.addressId || 0,
      })
      this.busy = false
      if (answer.result !== 'success') return this.$message.error(answer.reason)
      this.$message.success('保存成功')
      this.shop = null
      this.load()
    },
  },
  template: `
    <div class="jx-pro-card">
      <div class="jx-pro-toolbar">
        <el-button class="jx-pro-button" type="primary" size="small" disabled>添加店铺授权</el-button>
        <el-button class="jx-pro-button" size="small" @click="load">刷新</el-button>
      </div>
      <el-table class="jx-pro-table" :data="rows" row-key="shopId" v-loading="loading" border>
        <el-table-column label="店铺名称" prop="shopName" width="200" fixed />
        <el-table-column label="平台" prop="platform" width="120" />
        <el-table-column label="店铺ID" prop="shopId" width="160" />
        <el-table-column label="授权状态" width="140"><template slot-scope="{ row }">
          <el-tag size="small" type="success">{{ row.status }}</el-tag></template></el-table-column>
        <el-table-column label="店铺退货地址" min-width="460"><template slot-scope="{ row }">
          {{ row.addressLabel || '未关联' }}</template></el-table-column>
        <el-table-column label="操作" width="180" fixed="right"><template slot-scope="{ row }">
          <el-button class="jx-pro-button" type="text" @click="edit(row)">关联退货地址</el-button>
        </template></el-table-column>
      </el-table>
      <el-dialog class="jx-pro-dialog" title="关联退货地址" width="560px" :visible="Boolean(shop)"
        :close-on-click-modal="false" @close="shop = null">
        <el-form v-if="shop" label-width="80px" size="small">
          <el-form-item label="店铺">{{ shop.shopName }}</el-form-item>
          <el-form-item label="退货地址">
            <el-select v-model="addressId" filterable clearable placeholder="请选择" style="width: 100%">
              <el-option v-for="one in options" :key="one.id" :value="one.id" :label="one.label" />
            </el-select>
          </el-form-item>
        </el-form>
        <span slot="footer">
          <el-button class="jx-pro-button" size="small" @click="shop = null">取消</el-button>
          <el-button class="jx-pro-button" size="small" type="primary" :loading="busy"
            @click="save">保存</el-button>
        </span>
      </el-dialog>
    </div>`,
}
