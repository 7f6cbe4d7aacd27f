import { folded } from '../fold.ts';
import { type Look, when } from '../sign.ts';

/** What people write when they try a form out, or will not say who they are. Whole names only. */
const PLACEHOLDERS = new Set(
  `test tests testing tester testuser testtest mytest testname testaccount demo demouser sample example dummy fake foo bar foobar foobaz
  null undefined nil none nan na noname nobody nothing anonymous unknown user username yourname firstname lastname fullname name
  johndoe janedoe mickeymouse donaldduck asdftest qatest xxx yyy zzz abc abcd xyz abcdef
  测试 测试一下 测试用户 测试账号 测试数据 测试人员 测试员 试试 试一下 试用 测试测试 这是测试 接口测试 请忽略 勿联系 不用联系 某某 某某某 匿名 无名 无名氏
  无 没有 不告诉你 你猜 你猜猜 保密 路人甲 路人 用户 客户 姓名 名字 张三李四 先生女士`.split(/\s+/),
);

/** A word for nobody where a name belongs: test, 测试, n/a. */
export const placeholder: Look = ({ contact: { name }, company }) => {
  const said = [name, company?.name].map((text) => folded(text ?? '').replace(/[\s\p{P}\p{S}\d]+/gu, ''));
  return when(
    said.some((text) => PLACEHOLDERS.has(text)),
    'placeholder-name',
    'a word for trying things out where a name belongs',
  );
};
