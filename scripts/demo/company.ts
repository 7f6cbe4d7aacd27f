/** The demo company: two teams with a supervisor each and eight reps, one of them a newcomer. Invented people. */
export const employees = [
  person('sup-east', '孙悦', 'east', undefined, '2019-03-01', '+8613900000001'),
  person('rep-li', '李雷', 'east', 'sup-east', '2021-05-10', '+8613900000011'),
  person('rep-wang', '王敏', 'east', 'sup-east', '2022-02-14', '+8613900000012'),
  person('rep-zhao', '赵强', 'east', 'sup-east', '2020-09-01', '+8613900000013'),
  person('rep-chen', '陈晨', 'east', 'sup-east', '2026-10-08', '+8613900000014'),
  person('sup-shanghai', '周航', 'shanghai', undefined, '2018-07-01', '+8613900000002'),
  person('rep-zhang', '张帆', 'shanghai', 'sup-shanghai', '2021-11-01', '+8613900000021'),
  person('rep-liu', '刘洋', 'shanghai', 'sup-shanghai', '2023-04-03', '+8613900000022'),
  person('rep-yang', '杨柳', 'shanghai', 'sup-shanghai', '2020-01-06', '+8613900000023'),
  person('rep-huang', '黄河', 'shanghai', 'sup-shanghai', '2022-08-15', '+8613900000024'),
];

/** What the admins set of the reps. Supervisors take no leads. */
export const settings: Record<string, { productLines?: string[]; capacity: number }> = {
  'sup-east': { capacity: 0 },
  'sup-shanghai': { capacity: 0 },
  'rep-li': { capacity: 600 },
  'rep-wang': { capacity: 600, productLines: ['mes', 'scada'] },
  'rep-zhao': { capacity: 600 },
  'rep-chen': { capacity: 600 },
  'rep-zhang': { capacity: 600, productLines: ['mes', 'erp'] },
  'rep-liu': { capacity: 600 },
  'rep-yang': { capacity: 600 },
  'rep-huang': { capacity: 600, productLines: ['mes'] },
};

/** A first lead to post: from Suzhou Industrial Park, as a Chinese map gives the point. */
export const firstLead = {
  contact: { name: '王芳', phone: '13800138000', email: 'wang@example.com' },
  company: { name: '苏州精工', employees: 320, industry: 'manufacturing' },
  location: { address: '江苏省苏州市工业园区星湖街328号', point: { lng: 120.73, lat: 31.26, crs: 'GCJ02' } },
  productLine: 'mes',
  behavior: { siteSeconds: 420, pageViews: 9, downloads: 2 },
  source: { campaign: 'spring' },
};

function person(
  employeeId: string,
  name: string,
  teamId: string,
  managerId: string | undefined,
  hiredAt: string,
  phone: string,
) {
  const manager = managerId === undefined ? {} : { managerId };
  return { employeeId, name, status: 'active', teamId, hiredAt, phone, ...manager };
}
