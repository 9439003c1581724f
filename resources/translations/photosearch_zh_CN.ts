<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AboutPanel</name>
    <message>
        <source>About PhotoSearch</source>
        <translation>关于 PhotoSearch</translation>
    </message>
    <message>
        <source>Find your own photos by saying what is in them. Everything happens on this computer.</source>
        <translation>说出照片里有什么，就能找到自己的照片。一切都在这台电脑上完成。</translation>
    </message>
    <message>
        <source>Find your own photos by saying what is in them. What was learned of them lies on a server that you share with others.</source>
        <translation>说出照片里有什么，就能找到自己的照片。从中了解到的信息保存在与他人共用的服务器上。</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Your library</source>
        <translation>您的图库</translation>
    </message>
    <message>
        <source>Settings and models</source>
        <translation>设置和模型</translation>
    </message>
    <message>
        <source>Models on this computer</source>
        <translation>这台电脑上的模型</translation>
    </message>
    <message>
        <source>Made with</source>
        <translation>技术基础</translation>
    </message>
    <message>
        <source>Show the library&apos;s folder</source>
        <translation>显示图库所在文件夹</translation>
    </message>
    <message>
        <source>Copy all this</source>
        <translation>复制以上全部</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>Add folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Look for new photos</source>
        <translation>查找新照片</translation>
    </message>
    <message>
        <source>Duplicates…</source>
        <translation>重复照片…</translation>
    </message>
    <message>
        <source>Folders…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Larger thumbnails</source>
        <translation>放大缩略图</translation>
    </message>
    <message>
        <source>Smaller thumbnails</source>
        <translation>缩小缩略图</translation>
    </message>
    <message>
        <source>Saved searches…</source>
        <translation>已保存的搜索…</translation>
    </message>
    <message>
        <source>Teach a tag…</source>
        <translation>教会一个标签…</translation>
    </message>
    <message>
        <source>Show near-duplicates</source>
        <translation>显示近似重复的照片</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Side bar</source>
        <translation>侧边栏</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Back to what was before</source>
        <translation>回到之前的内容</translation>
    </message>
    <message>
        <source>Large view</source>
        <translation>大图</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>下一张</translation>
    </message>
    <message>
        <source>Previous photo</source>
        <translation>上一张</translation>
    </message>
    <message>
        <source>Find similar</source>
        <translation>查找相似照片</translation>
    </message>
    <message>
        <source>Find what is like a part of it…</source>
        <translation>查找与其中一部分相似的…</translation>
    </message>
    <message>
        <source>Why this photo?</source>
        <translation>为什么是这张照片？</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>复制路径</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Tags…</source>
        <translation>标签…</translation>
    </message>
    <message>
        <source>No stars</source>
        <translation>无星级</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>模型…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Problem files…</source>
        <translation>有问题的文件…</translation>
    </message>
    <message>
        <source>Keys…</source>
        <translation>快捷键…</translation>
    </message>
    <message>
        <source>About PhotoSearch</source>
        <translation>关于 PhotoSearch</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>Looks</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>&amp;Photo</source>
        <translation>照片(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>评分</translation>
    </message>
</context>
<context>
    <name>AlbumMenu</name>
    <message>
        <source>Put into an album</source>
        <translation>放入相册</translation>
    </message>
    <message>
        <source>New album…</source>
        <translation>新建相册…</translation>
    </message>
</context>
<context>
    <name>Arranging</name>
    <message>
        <source>Best first</source>
        <translation>最佳优先</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>最新优先</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>最早优先</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>按名称</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>不分组</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>按日</translation>
    </message>
    <message>
        <source>By month</source>
        <translation>按月</translation>
    </message>
    <message>
        <source>By folder</source>
        <translation>按文件夹</translation>
    </message>
    <message>
        <source>Order of the photos</source>
        <translation>照片顺序</translation>
    </message>
    <message>
        <source>Groups of photos</source>
        <translation>照片分组</translation>
    </message>
    <message>
        <source>Size of the thumbnails</source>
        <translation>缩略图大小</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>Browser</name>
    <message>
        <source>this one</source>
        <translation>这一张</translation>
    </message>
</context>
<context>
    <name>ChipBar</name>
    <message>
        <source>Parts of the search</source>
        <translation>搜索的各部分</translation>
    </message>
    <message>
        <source>Take “{part}” out of the search</source>
        <translation>从搜索中去掉“{part}”</translation>
    </message>
</context>
<context>
    <name>ComparePanel</name>
    <message>
        <source>Compare two photos</source>
        <translation>比较两张照片</translation>
    </message>
    <message>
        <source>The two photos</source>
        <translation>两张照片</translation>
    </message>
    <message>
        <source>Nearer</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Farther away</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>All of both</source>
        <translation>完整显示两张</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>交换</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
</context>
<context>
    <name>Deeds</name>
    <message>
        <source>There is nothing to take back.</source>
        <translation>没有可撤销的操作。</translation>
    </message>
    <message>
        <source>Taken back: {what}</source>
        <translation>已撤销：{what}</translation>
    </message>
    <message>
        <source>No program could be found that opens {name}</source>
        <translation>找不到可以打开 {name} 的程序</translation>
    </message>
    <message>
        <source>Show it in its folder and open it from there.</source>
        <translation>请在文件夹中显示它，再从那里打开。</translation>
    </message>
    <message>
        <source>Path copied</source>
        <translation>已复制路径</translation>
    </message>
    <message>
        <source>{n} paths copied</source>
        <translation>已复制 {n} 个路径</translation>
    </message>
    <message>
        <source>Picture copied</source>
        <translation>已复制图片</translation>
    </message>
</context>
<context>
    <name>Details</name>
    <message>
        <source>About this photo</source>
        <translation>关于这张照片</translation>
    </message>
    <message>
        <source>Why it is here</source>
        <translation>为什么在这里</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Change tags…</source>
        <translation>修改标签…</translation>
    </message>
    <message>
        <source>No photo is picked</source>
        <translation>未选择照片</translation>
    </message>
    <message>
        <source>Stars, favourites and tags are given to all of them.</source>
        <translation>星级、收藏和标签会应用到所有这些照片。</translation>
    </message>
    <message>
        <source>Pick a photo to see what is known of it.</source>
        <translation>选择一张照片，查看它的信息。</translation>
    </message>
    <message>
        <source>You gave it this tag</source>
        <translation>您添加了这个标签</translation>
    </message>
    <message>
        <source>It is written in the file</source>
        <translation>写在文件里</translation>
    </message>
    <message>
        <source>Found by the program</source>
        <translation>由程序识别</translation>
    </message>
    <message>
        <source>Found by the program, {n} % sure</source>
        <translation>由程序识别，把握 {n} %</translation>
    </message>
</context>
<context>
    <name>Downloads</name>
    <message>
        <source>No process could be started ({why})</source>
        <translation>无法启动进程（{why}）</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>请重试。</translation>
    </message>
    <message>
        <source>The download stopped unexpectedly</source>
        <translation>下载意外中止</translation>
    </message>
    <message>
        <source>Try again: it goes on from there.</source>
        <translation>请重试：会从中断处继续。</translation>
    </message>
</context>
<context>
    <name>DuplicatesPanel</name>
    <message>
        <source>Groups of photos that are twice</source>
        <translation>重复照片的分组</translation>
    </message>
    <message>
        <source>Which groups are shown</source>
        <translation>显示哪些组</translation>
    </message>
    <message>
        <source>← → other photos · Page Up, Page Down other groups · + − 0 zoom · Shift with arrows look elsewhere</source>
        <translation>← → 其他照片 · Page Up、Page Down 其他组 · + − 0 缩放 · Shift 加方向键看别处</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>重复照片</translation>
    </message>
    <message>
        <source>Keep the right one</source>
        <translation>保留右边的</translation>
    </message>
    <message>
        <source>Not a duplicate</source>
        <translation>不是重复照片</translation>
    </message>
    <message>
        <source>Move the others to the trash</source>
        <translation>将其他的移到回收站</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Show the difference</source>
        <translation>显示差异</translation>
    </message>
    <message>
        <source>Next photo of the group</source>
        <translation>组内下一张</translation>
    </message>
    <message>
        <source>Photo before</source>
        <translation>上一张</translation>
    </message>
    <message>
        <source>Next group</source>
        <translation>下一组</translation>
    </message>
    <message>
        <source>Group before</source>
        <translation>上一组</translation>
    </message>
    <message>
        <source>Nearer</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Farther</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Whole photos</source>
        <translation>完整照片</translation>
    </message>
    <message>
        <source>Look farther left</source>
        <translation>向左查看</translation>
    </message>
    <message>
        <source>Look farther right</source>
        <translation>向右查看</translation>
    </message>
    <message>
        <source>Look farther up</source>
        <translation>向上查看</translation>
    </message>
    <message>
        <source>Look farther down</source>
        <translation>向下查看</translation>
    </message>
    <message>
        <source>Looking for what is twice…</source>
        <translation>正在查找重复照片…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Duplicates ({n})</source>
        <translation>重复照片（{n}）</translation>
    </message>
    <message>
        <source>Edited copies ({n})</source>
        <translation>编辑过的副本（{n}）</translation>
    </message>
    <message>
        <source>Similar shots ({n})</source>
        <translation>相似的照片（{n}）</translation>
    </message>
    <message>
        <source>All that is twice ({n})</source>
        <translation>所有重复项（{n}）</translation>
    </message>
    <message>
        <source>As far as your photos were looked at. New ones are compared as they come in.</source>
        <translation>就已检查过的照片而言。新照片加入时会自动比较。</translation>
    </message>
    <message>
        <source>No photo is twice</source>
        <translation>没有重复的照片</translation>
    </message>
    <message>
        <source>Move the other to the trash</source>
        <translation>将另一张移到回收站</translation>
    </message>
    <message>
        <source>Taken back: {what}</source>
        <translation>已撤销：{what}</translation>
    </message>
    <message>
        <source>There is nothing to take back.</source>
        <translation>没有可撤销的操作。</translation>
    </message>
    <message>
        <source>Files moved to the trash: {n}. Ctrl+Z brings them back.</source>
        <translation>已移到回收站的文件：{n}。按 Ctrl+Z 可恢复。</translation>
    </message>
    <message>
        <source>{name} stays: {why}</source>
        <translation>{name} 保留：{why}</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Copy photos to a folder</source>
        <translation>将照片复制到文件夹</translation>
    </message>
    <message>
        <source>Copies of {photos}:</source>
        <translation>{photos}的副本：</translation>
    </message>
    <message>
        <source>The files as they are</source>
        <translation>原始文件</translation>
    </message>
    <message>
        <source>Smaller, as JPEG; longest side in pixels:</source>
        <translation>缩小为 JPEG；最长边像素：</translation>
    </message>
    <message>
        <source>Longest side in pixels</source>
        <translation>最长边像素</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Your photos stay as they are, and nothing is written over.</source>
        <translation>您的照片保持原样，不会覆盖任何文件。</translation>
    </message>
    <message>
        <source>Photos copied</source>
        <translation>已复制照片</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Choose a folder for the copies</source>
        <translation>选择存放副本的文件夹</translation>
    </message>
    <message>
        <source>{photos} copied</source>
        <translation>已复制{photos}</translation>
    </message>
    <message>
        <source>… and {n} more could not be copied.</source>
        <translation>……还有 {n} 个无法复制。</translation>
    </message>
    <message>
        <source>No folder is chosen yet.</source>
        <translation>尚未选择文件夹。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Stopped: {photos} copied</source>
        <translation>已停止：已复制{photos}</translation>
    </message>
</context>
<context>
    <name>FirstPage</name>
    <message>
        <source>Find your photos by saying what is in them</source>
        <translation>说出照片里有什么，就能找到它</translation>
    </message>
    <message>
        <source>Folders with photos</source>
        <translation>照片文件夹</translation>
    </message>
    <message>
        <source>Those with a tick are looked through</source>
        <translation>将查看打勾的文件夹</translation>
    </message>
    <message>
        <source>Choose another folder…</source>
        <translation>选择其他文件夹…</translation>
    </message>
    <message>
        <source>Try it with sample photos</source>
        <translation>用示例照片试试</translation>
    </message>
    <message>
        <source>Where are your photos?</source>
        <translation>您的照片在哪里？</translation>
    </message>
    <message>
        <source>Your photos are looked through once. You can search as soon as the first ones are done, and stop and go on whenever you like.</source>
        <translation>您的照片会被查看一遍。最初几张完成后就可以搜索，也可以随时停止和继续。</translation>
    </message>
    <message>
        <source>They stay where they are and as they are. No photo is ever changed.</source>
        <translation>照片的位置和内容都保持不变，绝不会修改任何照片。</translation>
    </message>
    <message>
        <source>Nothing leaves this computer: no account, no cloud.</source>
        <translation>一切都留在这台电脑上：无需账户，不用云端。</translation>
    </message>
    <message>
        <source>Your photos stay on this computer. Small pictures of them go to the server of this library, where all who share it see them.</source>
        <translation>照片留在这台电脑上。它们的小图会保存到此图库的服务器上，所有共用该图库的人都能看到。</translation>
    </message>
    <message>
        <source>What PhotoSearch learns of them is kept in {folder}.</source>
        <translation>PhotoSearch 从中了解到的信息保存在 {folder}。</translation>
    </message>
    <message>
        <source>Look through this folder</source>
        <translation>查看这个文件夹</translation>
    </message>
    <message>
        <source>Look through these folders</source>
        <translation>查看这些文件夹</translation>
    </message>
</context>
<context>
    <name>FoldersPanel</name>
    <message>
        <source>Leave a folder out…</source>
        <translation>排除文件夹…</translation>
    </message>
    <message>
        <source>Leave out no longer</source>
        <translation>不再排除</translation>
    </message>
    <message>
        <source>Folders of the library</source>
        <translation>图库的文件夹</translation>
    </message>
    <message>
        <source>What is left out</source>
        <translation>被排除的内容</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>What is left out is not looked at; its files stay as they are.</source>
        <translation>被排除的内容不会被查看；文件保持原样。</translation>
    </message>
    <message>
        <source>Choose a folder to leave out</source>
        <translation>选择要排除的文件夹</translation>
    </message>
    <message>
        <source>Your folders are looked through again now.</source>
        <translation>正在重新查看您的文件夹。</translation>
    </message>
    <message>
        <source>No folder was added yet.</source>
        <translation>尚未添加文件夹。</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>已排除</translation>
    </message>
    <message>
        <source>{photos} · cannot be seen now (is its disk connected?)</source>
        <translation>{photos} · 现在无法访问（磁盘连接了吗？）</translation>
    </message>
    <message>
        <source>Nothing is left out of them.</source>
        <translation>没有排除任何内容。</translation>
    </message>
</context>
<context>
    <name>Grid</name>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
</context>
<context>
    <name>GroupsModel</name>
    <message>
        <source>1 duplicate</source>
        <translation>1 张重复照片</translation>
    </message>
    <message>
        <source>{n} duplicates</source>
        <translation>{n} 张重复照片</translation>
    </message>
    <message>
        <source>1 edited copy</source>
        <translation>1 个编辑过的副本</translation>
    </message>
    <message>
        <source>{n} edited copies</source>
        <translation>{n} 个编辑过的副本</translation>
    </message>
    <message>
        <source>1 similar shot</source>
        <translation>1 张相似的照片</translation>
    </message>
    <message>
        <source>{n} similar shots</source>
        <translation>{n} 张相似的照片</translation>
    </message>
    <message>
        <source>{what} · frees {size}</source>
        <translation>{what} · 可释放 {size}</translation>
    </message>
</context>
<context>
    <name>Indexer</name>
    <message>
        <source>No process could be started ({why})</source>
        <translation>无法启动进程（{why}）</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>请重试。</translation>
    </message>
</context>
<context>
    <name>Layout</name>
    <message>
        <source>Add folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Back (Alt+Left)</source>
        <translation>返回 (Alt+Left)</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
</context>
<context>
    <name>Marks</name>
    <message>
        <source>Favourite</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>No longer a favourite</source>
        <translation>取消收藏</translation>
    </message>
</context>
<context>
    <name>ModelsPanel</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Use this one</source>
        <translation>使用此模型</translation>
    </message>
    <message>
        <source>Delete from this computer</source>
        <translation>从这台电脑删除</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>on this computer</source>
        <translation>在这台电脑上</translation>
    </message>
    <message>
        <source>{n} to download</source>
        <translation>需下载 {n}</translation>
    </message>
    <message>
        <source>to download</source>
        <translation>可下载</translation>
    </message>
    <message>
        <source>It finds your photos now.</source>
        <translation>目前用它查找您的照片。</translation>
    </message>
    <message>
        <source>It tags your photos now.</source>
        <translation>目前用它给照片加标签。</translation>
    </message>
    <message>
        <source>Understands photos and words: photos are found by it.</source>
        <translation>理解照片和文字：用于查找照片。</translation>
    </message>
    <message>
        <source>Knows 1,000 kinds of things: photos are tagged by it, not found.</source>
        <translation>认识 1,000 种事物：用于给照片加标签，不用于查找。</translation>
    </message>
    <message>
        <source>Not on this computer. A download connects to {host}, to nobody else.</source>
        <translation>不在这台电脑上。下载时只连接 {host}，不连接其他任何地方。</translation>
    </message>
    <message>
        <source>Names {n} of 100 things right at once.</source>
        <translation>100 种事物中能一次说对 {n} 种。</translation>
    </message>
    <message>
        <source>Of 5,000 photos, finds the one described first {n} times of 100.</source>
        <translation>在 5,000 张照片中，100 次里有 {n} 次首先找到所描述的那一张。</translation>
    </message>
    <message>
        <source>Go on downloading ({n} are here)</source>
        <translation>继续下载（已有 {n}）</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>Checking what came…</source>
        <translation>正在检查下载的内容…</translation>
    </message>
    <message>
        <source>{n} of {all}</source>
        <translation>{n} / {all}</translation>
    </message>
    <message>
        <source>Cancelled. What came so far is kept.</source>
        <translation>已取消。已下载的部分会保留。</translation>
    </message>
    <message>
        <source>{name} is on this computer now.</source>
        <translation>{name} 现在已在这台电脑上。</translation>
    </message>
    <message>
        <source>Your photos are looked through with {name} now; this takes a while.</source>
        <translation>正在用 {name} 查看您的照片；需要一些时间。</translation>
    </message>
    <message>
        <source>Deleted. It can be downloaded again.</source>
        <translation>已删除。可以再次下载。</translation>
    </message>
</context>
<context>
    <name>NewAlbum</name>
    <message>
        <source>New album</source>
        <translation>新建相册</translation>
    </message>
    <message>
        <source>A name, such as: for the wall</source>
        <translation>名称，例如：挂在墙上的</translation>
    </message>
    <message>
        <source>Name of the album</source>
        <translation>相册名称</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Make it</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Albums hold the photos that you put into them.</source>
        <translation>相册里是您放进去的照片。</translation>
    </message>
    <message>
        <source>A name cannot have quotation marks.</source>
        <translation>名称不能包含引号。</translation>
    </message>
    <message>
        <source>There is an album of this name: the photos will be added to it.</source>
        <translation>已有同名相册：照片会加到其中。</translation>
    </message>
    <message>
        <source>Add to it</source>
        <translation>添加到其中</translation>
    </message>
</context>
<context>
    <name>Pair</name>
    <message>
        <source>Photo before</source>
        <translation>上一张</translation>
    </message>
    <message>
        <source>Next photo of the group</source>
        <translation>组内下一张</translation>
    </message>
    <message>
        <source>The photo to keep, and another one</source>
        <translation>要保留的照片和另一张</translation>
    </message>
    <message>
        <source>smaller</source>
        <translation>更小</translation>
    </message>
    <message>
        <source>Protected: it stays.</source>
        <translation>受保护：会保留。</translation>
    </message>
    <message>
        <source>Black: where both are equal.</source>
        <translation>黑色：两者相同之处。</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>重复照片</translation>
    </message>
    <message>
        <source>Edited copy</source>
        <translation>编辑过的副本</translation>
    </message>
    <message>
        <source>Similar shot</source>
        <translation>相似照片</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>{n} of {all}</source>
        <translation>{n} / {all}</translation>
    </message>
</context>
<context>
    <name>Panels</name>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Holds when PhotoSearch is started again.</source>
        <translation>重新启动 PhotoSearch 后生效。</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Looks</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Light, dark, or whatever the system is set to. Holds at once.</source>
        <translation>浅色、深色或跟随系统设置。立即生效。</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
</context>
<context>
    <name>Panes</name>
    <message>
        <source>Rename the album…</source>
        <translation>重命名相册…</translation>
    </message>
    <message>
        <source>Remove the album (its photos stay)</source>
        <translation>移除相册（照片会保留）</translation>
    </message>
    <message>
        <source>Remove the saved search</source>
        <translation>移除已保存的搜索</translation>
    </message>
    <message>
        <source>Rename the album</source>
        <translation>重命名相册</translation>
    </message>
    <message>
        <source>New name of the album:</source>
        <translation>相册的新名称：</translation>
    </message>
</context>
<context>
    <name>PhotoActions</name>
    <message>
        <source>Put into an album…</source>
        <translation>放入相册…</translation>
    </message>
    <message>
        <source>Take out of this album</source>
        <translation>从此相册移出</translation>
    </message>
    <message>
        <source>Copy to a folder…</source>
        <translation>复制到文件夹…</translation>
    </message>
    <message>
        <source>Open with…</source>
        <translation>打开方式…</translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Leave its folder out</source>
        <translation>排除它所在的文件夹</translation>
    </message>
    <message>
        <source>The file is not there, or has changed since it was looked at</source>
        <translation>文件不在那里，或在查看之后发生了变化</translation>
    </message>
    <message>
        <source>Look for new photos first (F5).</source>
        <translation>请先查找新照片（F5）。</translation>
    </message>
    <message>
        <source>{name} is the only one: there is no other copy of it in your library.</source>
        <translation>{name} 是唯一的一张：图库中没有其他副本。</translation>
    </message>
    <message>
        <source>{n} of these {all} photos are the only ones: there is no other copy of them in your library.</source>
        <translation>这 {all} 张照片中有 {n} 张是唯一的：图库中没有其他副本。</translation>
    </message>
    <message>
        <source>These {n} photos are the only ones: there is no other copy of them in your library.</source>
        <translation>这 {n} 张照片是唯一的：图库中没有其他副本。</translation>
    </message>
    <message>
        <source>… and more</source>
        <translation>……等等</translation>
    </message>
    <message>
        <source>Files in the trash come back with Ctrl+Z, until you empty it.</source>
        <translation>清空回收站之前，可以按 Ctrl+Z 恢复其中的文件。</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Moving to the trash…</source>
        <translation>正在移到回收站…</translation>
    </message>
    <message>
        <source>{name} stays: {why}</source>
        <translation>{name} 保留：{why}</translation>
    </message>
    <message>
        <source>Files moved to the trash: {n}. Ctrl+Z brings them back.</source>
        <translation>已移到回收站的文件：{n}。按 Ctrl+Z 可恢复。</translation>
    </message>
    <message>
        <source>{n} stay.</source>
        <translation>{n} 个保留。</translation>
    </message>
    <message>
        <source>Choose a program</source>
        <translation>选择程序</translation>
    </message>
    <message>
        <source>{name} could not be started</source>
        <translation>无法启动 {name}</translation>
    </message>
    <message>
        <source>Choose a program.</source>
        <translation>请选择一个程序。</translation>
    </message>
    <message>
        <source>{folder} is left out when photos are looked for the next time (F5).</source>
        <translation>下次查找照片时（F5）将排除 {folder}。</translation>
    </message>
</context>
<context>
    <name>PreferencesPanel</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>This window</source>
        <translation>此窗口</translation>
    </message>
    <message>
        <source>Holds when PhotoSearch is started again.</source>
        <translation>重新启动 PhotoSearch 后生效。</translation>
    </message>
    <message>
        <source>Holds the next time your folders are looked through.</source>
        <translation>下次查看文件夹时生效。</translation>
    </message>
    <message>
        <source>Set by {variable}, outside of PhotoSearch.</source>
        <translation>由 PhotoSearch 之外的 {variable} 设定。</translation>
    </message>
    <message>
        <source>Back to {value}</source>
        <translation>恢复为 {value}</translation>
    </message>
    <message>
        <source>{setting}: back to {value}</source>
        <translation>{setting}：恢复为 {value}</translation>
    </message>
    <message>
        <source>Usually {value}.</source>
        <translation>通常为 {value}。</translation>
    </message>
</context>
<context>
    <name>ProblemsPanel</name>
    <message>
        <source>Problem files</source>
        <translation>有问题的文件</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Try these again</source>
        <translation>重试这些</translation>
    </message>
    <message>
        <source>Try all again</source>
        <translation>全部重试</translation>
    </message>
    <message>
        <source>1 file could not be read</source>
        <translation>1 个文件无法读取</translation>
    </message>
    <message>
        <source>{n} files could not be read</source>
        <translation>{n} 个文件无法读取</translation>
    </message>
    <message>
        <source>All files could be read</source>
        <translation>所有文件都能读取</translation>
    </message>
    <message>
        <source>They are left as they are. A file that was mended, or copied again, is read by itself the next time.</source>
        <translation>这些文件保持原样。修复或重新复制后的文件，下次会自动读取。</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>They are read once more now.</source>
        <translation>正在重新读取。</translation>
    </message>
</context>
<context>
    <name>RegionPicker</name>
    <message>
        <source>Part of the photo to search for</source>
        <translation>要搜索的照片部分</translation>
    </message>
    <message>
        <source>Draw a rectangle around what you are looking for. Arrow keys move it, with Shift they change its size; Enter searches, Esc leaves.</source>
        <translation>在要找的内容周围画一个矩形。方向键移动它，加 Shift 改变大小；Enter 搜索，Esc 退出。</translation>
    </message>
    <message>
        <source>{left} to {right} per cent from the left, {top} to {bottom} from the top</source>
        <translation>距左边 {left} 到 {right}%，距上边 {top} 到 {bottom}%</translation>
    </message>
</context>
<context>
    <name>Results</name>
    <message>
        <source>What comes nearest</source>
        <translation>最接近的</translation>
    </message>
    <message>
        <source>Good matches</source>
        <translation>匹配良好</translation>
    </message>
    <message>
        <source>Weaker matches</source>
        <translation>匹配较弱</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search: the kids at the beach</source>
        <translation>搜索：海滩上的孩子们</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Say what is in the photos you look for</source>
        <translation>说出要找的照片里有什么</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>清除搜索</translation>
    </message>
</context>
<context>
    <name>SearchesPanel</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Forget it</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Saved searches</source>
        <translation>已保存的搜索</translation>
    </message>
    <message>
        <source>Name of the search</source>
        <translation>搜索的名称</translation>
    </message>
    <message>
        <source>A name, such as: our dog</source>
        <translation>名称，例如：我们的狗</translation>
    </message>
    <message>
        <source>Save “{query}” as</source>
        <translation>将“{query}”保存为</translation>
    </message>
    <message>
        <source>Search for something to save it here.</source>
        <translation>先搜索，再在这里保存。</translation>
    </message>
    <message>
        <source>No search was saved yet.</source>
        <translation>还没有保存过搜索。</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>A part of the program stopped and was started again</source>
        <translation>程序的一部分停止了，已重新启动</translation>
    </message>
    <message>
        <source>Nothing is lost.</source>
        <translation>没有丢失任何内容。</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Find an action</source>
        <translation>查找操作</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
</context>
<context>
    <name>SideBar</name>
    <message>
        <source>Folders, times, tags and places</source>
        <translation>文件夹、时间、标签和地点</translation>
    </message>
</context>
<context>
    <name>SlideShow</name>
    <message>
        <source>Slide show: Space rests, Esc ends, ↑ and ↓ change its pace</source>
        <translation>幻灯片：空格暂停，Esc 结束，↑ 和 ↓ 调整速度</translation>
    </message>
    <message>
        <source>Slide show at rest; Space goes on</source>
        <translation>幻灯片已暂停；按空格继续</translation>
    </message>
    <message>
        <source>Slide show</source>
        <translation>幻灯片</translation>
    </message>
    <message>
        <source>{n} seconds for each photo</source>
        <translation>每张照片 {n} 秒</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Getting search ready…</source>
        <translation>正在准备搜索…</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Ready to search</source>
        <translation>可以搜索</translation>
    </message>
    <message>
        <source>Searching by words is not possible now</source>
        <translation>现在无法用文字搜索</translation>
    </message>
    <message>
        <source>What understands your photos, and what it works on</source>
        <translation>理解照片的模型及其运行设备</translation>
    </message>
    <message>
        <source>The server of this library does not answer. Trying again…</source>
        <translation>此图库的服务器没有响应。正在重试…</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
</context>
<context>
    <name>Suggestions</name>
    <message>
        <source>Suggestions</source>
        <translation>建议</translation>
    </message>
</context>
<context>
    <name>TagsPanel</name>
    <message>
        <source>A new tag</source>
        <translation>新标签</translation>
    </message>
    <message>
        <source>Name of a new tag</source>
        <translation>新标签的名称</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>This is right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>This is wrong</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Show all photos with it</source>
        <translation>显示所有带它的照片</translation>
    </message>
    <message>
        <source>Tags of the photo</source>
        <translation>照片的标签</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Pick a photo to see its tags.</source>
        <translation>选择一张照片，查看它的标签。</translation>
    </message>
    <message>
        <source>Tags of this photo</source>
        <translation>这张照片的标签</translation>
    </message>
    <message>
        <source>{n} photos are picked. Tags of the first; a new one is given to all.</source>
        <translation>已选择 {n} 张照片。显示第一张的标签；新标签会加到全部照片上。</translation>
    </message>
    <message>
        <source>It has no tags yet.</source>
        <translation>还没有标签。</translation>
    </message>
    <message>
        <source>yours</source>
        <translation>您添加的</translation>
    </message>
    <message>
        <source>from the file</source>
        <translation>来自文件</translation>
    </message>
    <message>
        <source>found, {percent} % sure</source>
        <translation>自动识别，{percent}% 把握</translation>
    </message>
</context>
<context>
    <name>TeachPanel</name>
    <message>
        <source>A name, such as: our dog</source>
        <translation>名称，例如：我们的狗</translation>
    </message>
    <message>
        <source>Name of the tag</source>
        <translation>标签的名称</translation>
    </message>
    <message>
        <source>Taught tags, and how well each is known</source>
        <translation>已教会的标签，以及掌握得如何</translation>
    </message>
    <message>
        <source>They show it</source>
        <translation>里面有</translation>
    </message>
    <message>
        <source>They do not</source>
        <translation>里面没有</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>I do not know</source>
        <translation>不知道</translation>
    </message>
    <message>
        <source>Show all photos with it</source>
        <translation>显示所有带它的照片</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Teach a tag</source>
        <translation>教会一个标签</translation>
    </message>
    <message>
        <source>{yes} show it, {no} do not. {quality}</source>
        <translation>{yes} 张有，{no} 张没有。{quality}</translation>
    </message>
    <message>
        <source>Looking through all photos…</source>
        <translation>正在查看所有照片…</translation>
    </message>
    <message>
        <source>There is nothing to take back.</source>
        <translation>没有可撤销的操作。</translation>
    </message>
    <message>
        <source>Pick photos that show something (five are enough), and name it:</source>
        <translation>选择包含某样事物的照片（五张就够），并给它命名：</translation>
    </message>
    <message>
        <source>One photo is picked. What does it show, or not show?</source>
        <translation>已选择一张照片。里面有什么，或没有什么？</translation>
    </message>
    <message>
        <source>{n} photos are picked. What do they show, or not show?</source>
        <translation>已选择 {n} 张照片。里面有什么，或没有什么？</translation>
    </message>
    <message>
        <source>It is not sure of this photo. Does it show “{name}”?</source>
        <translation>程序对这张照片没有把握。里面有“{name}”吗？</translation>
    </message>
    <message>
        <source>No tag was taught yet. What it is not sure of is asked here then.</source>
        <translation>尚未教过标签。之后程序会在这里询问没有把握的照片。</translation>
    </message>
</context>
<context>
    <name>ViewActions</name>
    <message>
        <source>Nearer</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Farther away</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>All of it</source>
        <translation>完整显示</translation>
    </message>
    <message>
        <source>Pixel by pixel, or all of it</source>
        <translation>原始像素或完整显示</translation>
    </message>
    <message>
        <source>Compare two photos</source>
        <translation>比较两张照片</translation>
    </message>
    <message>
        <source>Slide show</source>
        <translation>幻灯片</translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>Large view</source>
        <translation>大图</translation>
    </message>
    <message>
        <source>Back to all photos (Esc)</source>
        <translation>返回所有照片 (Esc)</translation>
    </message>
    <message>
        <source>Previous photo (Left)</source>
        <translation>上一张 (Left)</translation>
    </message>
    <message>
        <source>Next photo (Right)</source>
        <translation>下一张 (Right)</translation>
    </message>
    <message>
        <source>The photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>{n} of {all}</source>
        <translation>{n} / {all}</translation>
    </message>
    <message>
        <source>It could not be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>This photo cannot be shown</source>
        <translation>无法显示这张照片</translation>
    </message>
</context>
<context>
    <name>Why</name>
    <message>
        <source>Why this photo?</source>
        <translation>为什么是这张照片？</translation>
    </message>
    <message>
        <source>How strongly the map covers the photo</source>
        <translation>热图覆盖照片的强度</translation>
    </message>
    <message>
        <source>less</source>
        <translation>更少</translation>
    </message>
    <message>
        <source>more</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Search for something first. Then this shows where it is.</source>
        <translation>先搜索，这里会显示它在哪里。</translation>
    </message>
    <message>
        <source>Looking for it in this photo…</source>
        <translation>正在这张照片中查找…</translation>
    </message>
    <message>
        <source>Show where “{term}” is</source>
        <translation>显示“{term}”在哪里</translation>
    </message>
    <message>
        <source>Nothing in this photo stands out for “{term}” (score {score}).</source>
        <translation>这张照片中没有与“{term}”明显相关的部分（得分 {score}）。</translation>
    </message>
    <message>
        <source>What looks like {term} is bright (score {score}).</source>
        <translation>与 {term} 相似的部分是亮的（得分 {score}）。</translation>
    </message>
    <message>
        <source>Where “{term}” is, it is bright (score {score}).</source>
        <translation>“{term}”所在的地方是亮的（得分 {score}）。</translation>
    </message>
</context>
<context>
    <name>dialogs</name>
    <message>
        <source>Choose a folder with photos</source>
        <translation>选择照片文件夹</translation>
    </message>
    <message>
        <source>Photos are still being added.</source>
        <translation>仍在添加照片。</translation>
    </message>
    <message>
        <source>They can go on being added in the background, without this window. Or stop now: it goes on when you open PhotoSearch again.</source>
        <translation>可以关闭窗口，在后台继续添加。也可以现在停止：下次打开 PhotoSearch 时继续。</translation>
    </message>
    <message>
        <source>Go on in the background</source>
        <translation>在后台继续</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>engine</name>
    <message>
        <source>looks like “{what}”</source>
        <translation>看起来像“{what}”</translation>
    </message>
    <message>
        <source>looks like {what}</source>
        <translation>看起来像 {what}</translation>
    </message>
    <message>
        <source>fits “{what}”</source>
        <translation>符合“{what}”</translation>
    </message>
    <message>
        <source>tagged “{what}”</source>
        <translation>带有标签“{what}”</translation>
    </message>
    <message>
        <source>file name has “{what}”</source>
        <translation>文件名含有“{what}”</translation>
    </message>
    <message>
        <source>the file is empty</source>
        <translation>文件是空的</translation>
    </message>
    <message>
        <source>not a picture in a known format</source>
        <translation>不是已知格式的图片</translation>
    </message>
    <message>
        <source>damaged or not supported: {why}</source>
        <translation>已损坏或不受支持：{why}</translation>
    </message>
    <message>
        <source>decoding it takes more memory than allowed</source>
        <translation>打开它需要的内存超过限制</translation>
    </message>
    <message>
        <source>decoding took longer than {n} seconds</source>
        <translation>打开时间超过 {n} 秒</translation>
    </message>
    <message>
        <source>the decoder crashed on it</source>
        <translation>打开它时程序崩溃</translation>
    </message>
    <message>
        <source>too large to decode safely ({width} x {height} pixels)</source>
        <translation>太大，无法安全打开（{width} x {height} 像素）</translation>
    </message>
    <message>
        <source>the same bytes</source>
        <translation>内容完全相同</translation>
    </message>
    <message>
        <source>the same picture</source>
        <translation>同一张图片</translation>
    </message>
    <message>
        <source>turned by a quarter</source>
        <translation>旋转了四分之一圈</translation>
    </message>
    <message>
        <source>upside down</source>
        <translation>上下颠倒</translation>
    </message>
    <message>
        <source>mirrored</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>other brightness or colours</source>
        <translation>亮度或颜色不同</translation>
    </message>
    <message>
        <source>without colours</source>
        <translation>没有颜色</translation>
    </message>
    <message>
        <source>with a border or empty corners</source>
        <translation>带边框或空白角</translation>
    </message>
    <message>
        <source>cropped to {n}%</source>
        <translation>裁剪到 {n}%</translation>
    </message>
    <message>
        <source>turned by {n}°</source>
        <translation>旋转了 {n}°</translation>
    </message>
    <message>
        <source>retouched</source>
        <translation>修饰过</translation>
    </message>
    <message>
        <source>shot in the same second with the same camera</source>
        <translation>用同一台相机在同一秒拍摄</translation>
    </message>
    <message>
        <source>shot {n} s apart with the same camera</source>
        <translation>用同一台相机相隔 {n} 秒拍摄</translation>
    </message>
    <message>
        <source>your favourite</source>
        <translation>您的收藏</translation>
    </message>
    <message>
        <source>you gave it {n} stars</source>
        <translation>您给了 {n} 星</translation>
    </message>
    <message>
        <source>not edited</source>
        <translation>未经编辑</translation>
    </message>
    <message>
        <source>the most pixels ({width} × {height})</source>
        <translation>像素最多（{width} × {height}）</translation>
    </message>
    <message>
        <source>the least compressed</source>
        <translation>压缩最少</translation>
    </message>
    <message>
        <source>says most about when, where and how</source>
        <translation>时间、地点和拍摄方式的信息最全</translation>
    </message>
    <message>
        <source>the format {format}</source>
        <translation>格式 {format}</translation>
    </message>
    <message>
        <source>the sharpest</source>
        <translation>最清晰</translation>
    </message>
    <message>
        <source>its name is not that of a copy</source>
        <translation>文件名不像副本</translation>
    </message>
    <message>
        <source>the oldest file</source>
        <translation>最早的文件</translation>
    </message>
    <message>
        <source>you want it kept</source>
        <translation>您想保留它</translation>
    </message>
    <message>
        <source>it lies in a protected folder</source>
        <translation>位于受保护的文件夹中</translation>
    </message>
    <message>
        <source>the same bytes; its name is not that of a copy</source>
        <translation>内容完全相同；文件名不像副本</translation>
    </message>
    <message>
        <source>the same bytes; the first of equals</source>
        <translation>内容完全相同；同等中的第一个</translation>
    </message>
    <message>
        <source>the first of equals</source>
        <translation>同等中的第一个</translation>
    </message>
    <message>
        <source>1 photo</source>
        <translation>1 张照片</translation>
    </message>
    <message>
        <source>{n} photos</source>
        <translation>{n} 张照片</translation>
    </message>
    <message>
        <source>rate {what} {n}</source>
        <translation>将 {what} 评为 {n}</translation>
    </message>
    <message>
        <source>favourite {what} --off</source>
        <translation>取消收藏 {what}</translation>
    </message>
    <message>
        <source>favourite {what}</source>
        <translation>收藏 {what}</translation>
    </message>
    <message>
        <source>tag add {what}</source>
        <translation>添加标签：{what}</translation>
    </message>
    <message>
        <source>tag remove {what}</source>
        <translation>移除标签：{what}</translation>
    </message>
    <message>
        <source>teach {what}</source>
        <translation>教会 {what}</translation>
    </message>
    <message>
        <source>move copies to the trash</source>
        <translation>将副本移到回收站</translation>
    </message>
    <message>
        <source>put {what} into the album {name}</source>
        <translation>将 {what} 放入相册 {name}</translation>
    </message>
    <message>
        <source>take {what} out of the album {name}</source>
        <translation>将 {what} 从相册 {name} 移出</translation>
    </message>
    <message>
        <source>remove the album {name}</source>
        <translation>移除相册 {name}</translation>
    </message>
    <message>
        <source>rename the album {old} to {new}</source>
        <translation>将相册 {old} 重命名为 {new}</translation>
    </message>
    <message>
        <source>too few photos to say how well it works; mark some more</source>
        <translation>照片太少，无法判断效果；请再标记一些</translation>
    </message>
    <message>
        <source>it tells them apart well</source>
        <translation>能很好地区分</translation>
    </message>
    <message>
        <source>it tells most of them apart</source>
        <translation>大多能区分</translation>
    </message>
    <message>
        <source>it is often wrong; mark some more photos</source>
        <translation>经常出错；请再标记一些照片</translation>
    </message>
    <message>
        <source>{what}, as far as {n} photos show; 5 are better</source>
        <translation>{what}（仅根据 {n} 张照片；5 张更好）</translation>
    </message>
    <message>
        <source>it cannot tell them apart yet; mark more photos, and some that are not it</source>
        <translation>还不能区分；请标记更多照片，包括一些没有它的</translation>
    </message>
    <message>
        <source>No space left to write {place}</source>
        <translation>没有空间写入 {place}</translation>
    </message>
    <message>
        <source>No permission for {place}</source>
        <translation>没有访问 {place} 的权限</translation>
    </message>
    <message>
        <source>Check who owns it and try again.</source>
        <translation>请检查它属于谁，然后重试。</translation>
    </message>
    <message>
        <source>There is no {place}</source>
        <translation>没有 {place}</translation>
    </message>
    <message>
        <source>Check the path and try again.</source>
        <translation>请检查路径，然后重试。</translation>
    </message>
    <message>
        <source>Check the disk and try again.</source>
        <translation>请检查磁盘，然后重试。</translation>
    </message>
    <message>
        <source>The part of the program that answers stopped while it worked on {what}</source>
        <translation>程序中负责应答的部分在处理时停止了：{what}</translation>
    </message>
    <message>
        <source>It was started again.</source>
        <translation>已重新启动。</translation>
    </message>
    <message>
        <source>It does not start any more: try it once more.</source>
        <translation>无法再启动：请再试一次。</translation>
    </message>
    <message>
        <source>What searches stopped while it looked for {what}</source>
        <translation>搜索 {what} 时程序停止了</translation>
    </message>
    <message>
        <source>It is started again with the next search.</source>
        <translation>下次搜索时会重新启动。</translation>
    </message>
    <message>
        <source>Searching cannot be made ready: what does it ends while it is loaded</source>
        <translation>无法准备搜索：加载时停止了</translation>
    </message>
    <message>
        <source>Is there too little memory? Close other programs and try again.</source>
        <translation>内存是否不足？请关闭其他程序后重试。</translation>
    </message>
    <message>
        <source>Nothing is lost.</source>
        <translation>没有丢失任何内容。</translation>
    </message>
    <message>
        <source>You may look at the library {place}, but not change it</source>
        <translation>您可以查看图库 {place}，但不能更改</translation>
    </message>
    <message>
        <source>Ask whoever looks after it to make you a contributor.</source>
        <translation>请联系管理员为您授予参与者（contributor）角色。</translation>
    </message>
    <message>
        <source>The library {place} does not let you do this ({why})</source>
        <translation>图库 {place} 不允许您执行此操作（{why}）</translation>
    </message>
    <message>
        <source>Ask whoever looks after it for a role that may.</source>
        <translation>请联系管理员授予您有此权限的角色。</translation>
    </message>
    <message>
        <source>You have nothing to undo: the last change, “{what}”, is that of {name}</source>
        <translation>您没有可撤销的操作：最后一次更改“{what}”是 {name} 做的</translation>
    </message>
    <message>
        <source>Set the value you want by hand.</source>
        <translation>请手动设置您想要的值。</translation>
    </message>
    <message>
        <source>{name} could not be downloaded from {host} ({why})</source>
        <translation>无法从 {host} 下载 {name}（{why}）</translation>
    </message>
    <message>
        <source>{name} is in use in this library</source>
        <translation>{name} 正在此图库中使用</translation>
    </message>
    <message>
        <source>Choose another one first.</source>
        <translation>请先选择另一个。</translation>
    </message>
</context>
<context>
    <name>facets</name>
    <message>
        <source>chosen</source>
        <translation>已选</translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>所有照片</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>重复照片</translation>
    </message>
    <message>
        <source>Problem files</source>
        <translation>有问题的文件</translation>
    </message>
    <message>
        <source>Saved searches</source>
        <translation>已保存的搜索</translation>
    </message>
    <message>
        <source>Albums</source>
        <translation>相册</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>相机</translation>
    </message>
    <message>
        <source>Show {n} more</source>
        <translation>再显示 {n} 个</translation>
    </message>
</context>
<context>
    <name>facts</name>
    <message>
        <source>Taken</source>
        <translation>拍摄时间</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>相机</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>镜头</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>曝光</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} 像素</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Also at</source>
        <translation>另存于</translation>
    </message>
    <message>
        <source>Belongs to it</source>
        <translation>附属文件</translation>
    </message>
</context>
<context>
    <name>models</name>
    <message>
        <source>Quick</source>
        <translation>快</translation>
    </message>
    <message>
        <source>Middling</source>
        <translation>中等</translation>
    </message>
    <message>
        <source>Slow; best with a graphics card</source>
        <translation>慢；最好有显卡</translation>
    </message>
    <message>
        <source>Very slow; only with a graphics card</source>
        <translation>很慢；需要显卡</translation>
    </message>
    <message>
        <source>{name} ({n} GFLOPs for a photo)</source>
        <translation>{name}（每张照片 {n} GFLOPs）</translation>
    </message>
</context>
<context>
    <name>news</name>
    <message>
        <source>PhotoSearch was updated to version {}.</source>
        <translation>PhotoSearch 已更新到版本 {}。</translation>
    </message>
    <message>
        <source>What is new</source>
        <translation>新内容</translation>
    </message>
</context>
<context>
    <name>pages</name>
    <message>
        <source>PhotoSearch could not be made ready</source>
        <translation>PhotoSearch 无法就绪</translation>
    </message>
    <message>
        <source>A part of the program that it needs ends again and again. Is there too little memory or disk space? Your photos, ratings and favourites are safe.</source>
        <translation>程序需要的一部分反复停止。内存或磁盘空间是否不足？您的照片、评分和收藏都是安全的。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>No photo like this one was found</source>
        <translation>没有找到相似的照片</translation>
    </message>
    <message>
        <source>It seems to be the only one of its kind.</source>
        <translation>它似乎是唯一的一张。</translation>
    </message>
    <message>
        <source>Show all photos</source>
        <translation>显示所有照片</translation>
    </message>
    <message>
        <source>Nothing found for “{words}”</source>
        <translation>没有找到“{words}”</translation>
    </message>
    <message>
        <source>Try other words: say what is to be seen in the photo.</source>
        <translation>换个说法：说出照片里能看到什么。</translation>
    </message>
    <message>
        <source>Getting your photos…</source>
        <translation>正在读取您的照片…</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Looking through your folder…</source>
        <translation>正在查看您的文件夹…</translation>
    </message>
    <message>
        <source>It goes on when you say so.</source>
        <translation>您说继续时才会继续。</translation>
    </message>
    <message>
        <source>The first photos appear here in a moment, and you can search while the others are added.</source>
        <translation>最初的照片马上会出现在这里，其余的添加时您就可以搜索。</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Your folder cannot be seen just now</source>
        <translation>目前看不到您的文件夹</translation>
    </message>
    <message>
        <source>{folder} is not there. Is its disk connected?</source>
        <translation>{folder} 不在那里。磁盘是否已连接？</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>再查看一次</translation>
    </message>
    <message>
        <source>There are no photos yet in {folder}</source>
        <translation>{folder} 中还没有照片</translation>
    </message>
    <message>
        <source>Put some there and look again (F5), or choose another folder.</source>
        <translation>放一些进去再查看（F5），或选择其他文件夹。</translation>
    </message>
    <message>
        <source>Getting ready to search…</source>
        <translation>正在准备搜索…</translation>
    </message>
    <message>
        <source>This takes some seconds when the program has just been started.</source>
        <translation>程序刚启动时需要几秒钟。</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在搜索…</translation>
    </message>
    <message>
        <source>This was not finished</source>
        <translation>没有完成</translation>
    </message>
    <message>
        <source>Your photos are still being understood</source>
        <translation>仍在理解您的照片</translation>
    </message>
    <message>
        <source>What is found appears here as soon as the first ones are.</source>
        <translation>最初几张完成后，找到的照片会出现在这里。</translation>
    </message>
    <message>
        <source>Searching is not possible yet</source>
        <translation>还不能搜索</translation>
    </message>
    <message>
        <source>There are no photos to search yet</source>
        <translation>还没有可搜索的照片</translation>
    </message>
    <message>
        <source>Choose a folder with photos first.</source>
        <translation>请先选择照片文件夹。</translation>
    </message>
    <message>
        <source>Photos are still being added; they will be found then.</source>
        <translation>仍在添加照片；之后就能找到它们。</translation>
    </message>
    <message>
        <source>Photos like this part of {name}</source>
        <translation>与 {name} 这一部分相似的照片</translation>
    </message>
    <message>
        <source>Photos like {name}</source>
        <translation>与 {name} 相似的照片</translation>
    </message>
    <message>
        <source>{n} found by name for “{words}”</source>
        <translation>按名称找到 {n} 张：“{words}”</translation>
    </message>
    <message>
        <source>Best {n} for “{words}”</source>
        <translation>“{words}”的最佳 {n} 张</translation>
    </message>
    <message>
        <source>Nothing fits “{words}” well</source>
        <translation>没有很符合“{words}”的照片</translation>
    </message>
    <message>
        <source>1 good match for “{words}”</source>
        <translation>“{words}”有 1 个良好匹配</translation>
    </message>
    <message>
        <source>{good} good matches for “{words}”</source>
        <translation>“{words}”有 {good} 个良好匹配</translation>
    </message>
    <message>
        <source>“{what}” was left out</source>
        <translation>已忽略“{what}”</translation>
    </message>
    <message>
        <source>Photos are being added already, by a run in the background. This folder is looked through when that is done.</source>
        <translation>后台已在添加照片。完成后会查看这个文件夹。</translation>
    </message>
    <message>
        <source>Adding photos stopped unexpectedly. Everything finished so far is kept.</source>
        <translation>添加照片意外中止。已完成的部分都会保留。</translation>
    </message>
    <message>
        <source>Stopped. Everything finished so far is kept.</source>
        <translation>已停止。已完成的部分都会保留。</translation>
    </message>
    <message>
        <source>1 file could not be read as a photo: {names}.</source>
        <translation>1 个文件无法作为照片读取：{names}。</translation>
    </message>
    <message>
        <source>{n} files could not be read as photos: {names}.</source>
        <translation>{n} 个文件无法作为照片读取：{names}。</translation>
    </message>
</context>
<context>
    <name>settings</name>
    <message>
        <source>Reading photos</source>
        <translation>读取照片</translation>
    </message>
    <message>
        <source>Understanding photos</source>
        <translation>理解照片</translation>
    </message>
    <message>
        <source>Watching folders</source>
        <translation>监视文件夹</translation>
    </message>
    <message>
        <source>Photos read at the same time</source>
        <translation>同时读取的照片数</translation>
    </message>
    <message>
        <source>Fewer leave more of the computer to other programs; it takes longer.</source>
        <translation>数值小会给其他程序留出更多资源，但耗时更长。</translation>
    </message>
    <message>
        <source>Largest picture</source>
        <translation>最大图片</translation>
    </message>
    <message>
        <source>A larger picture is not opened, but listed with the problem files.</source>
        <translation>更大的图片不会打开，而会列入有问题的文件。</translation>
    </message>
    <message>
        <source>megapixels</source>
        <translation>百万像素</translation>
    </message>
    <message>
        <source>Largest file</source>
        <translation>最大文件</translation>
    </message>
    <message>
        <source>A larger file is not opened, but listed with the problem files.</source>
        <translation>更大的文件不会打开，而会列入有问题的文件。</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>Patience with a file</source>
        <translation>单个文件的等待时间</translation>
    </message>
    <message>
        <source>A file that takes longer to open is listed with the problem files.</source>
        <translation>打开时间更长的文件会列入有问题的文件。</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>Memory for opening one photo</source>
        <translation>打开一张照片的内存</translation>
    </message>
    <message>
        <source>At most; a photo that needs more is listed with the problem files.</source>
        <translation>上限；需要更多内存的照片会列入有问题的文件。</translation>
    </message>
    <message>
        <source>GB</source>
        <translation>GB</translation>
    </message>
    <message>
        <source>Photos understood at the same time</source>
        <translation>同时理解的照片数</translation>
    </message>
    <message>
        <source>At most: how many at once are quickest is found out by trying. More need more memory.</source>
        <translation>上限：程序会自行尝试多少张一起处理最快。数值越大，所需内存越多。</translation>
    </message>
    <message>
        <source>Time between two looks at a network folder</source>
        <translation>两次查看网络文件夹的间隔</translation>
    </message>
    <message>
        <source>Of a disk that does not tell of changes itself, while `index --watch` runs.</source>
        <translation>用于不会自行通知更改的磁盘，在 `index --watch` 运行时。</translation>
    </message>
</context>
<context>
    <name>troubles</name>
    <message>
        <source>Your photos cannot be searched yet</source>
        <translation>还不能搜索您的照片</translation>
    </message>
    <message>
        <source>Have them looked through first (F5).</source>
        <translation>请先查看照片（F5）。</translation>
    </message>
    <message>
        <source>There is no folder to look through yet</source>
        <translation>还没有要查看的文件夹</translation>
    </message>
    <message>
        <source>Choose a folder with photos first.</source>
        <translation>请先选择照片文件夹。</translation>
    </message>
    <message>
        <source>What understands photos is not on this computer yet</source>
        <translation>这台电脑上还没有理解照片的模型</translation>
    </message>
    <message>
        <source>Choose one under Edit, Models…, where it can be downloaded. Everything but searching works meanwhile.</source>
        <translation>请在“编辑”&gt;“模型…”中选择并下载一个。在此期间，除搜索外一切可用。</translation>
    </message>
    <message>
        <source>Try again later: it goes on from what is here.</source>
        <translation>请稍后重试：会从已有的部分继续。</translation>
    </message>
    <message>
        <source>Try again: nothing needs to be downloaded twice.</source>
        <translation>请重试：无需重复下载。</translation>
    </message>
    <message>
        <source>The server of this library does not answer</source>
        <translation>此图库的服务器没有响应</translation>
    </message>
    <message>
        <source>It is tried again by itself; what was finished is kept.</source>
        <translation>程序会自动重试；已完成的内容都会保留。</translation>
    </message>
    <message>
        <source>Free some disk space, then go on; everything finished so far is kept.</source>
        <translation>请释放一些磁盘空间再继续；已完成的部分都会保留。</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>1 photo</source>
        <translation>1 张照片</translation>
    </message>
    <message>
        <source>{n} photos</source>
        <translation>{n} 张照片</translation>
    </message>
    <message>
        <source>Looking for photos</source>
        <translation>查找照片</translation>
    </message>
    <message>
        <source>Reading photos</source>
        <translation>读取照片</translation>
    </message>
    <message>
        <source>Understanding photos</source>
        <translation>理解照片</translation>
    </message>
    <message>
        <source>Comparing photos</source>
        <translation>比较照片</translation>
    </message>
    <message>
        <source>Tagging photos</source>
        <translation>给照片加标签</translation>
    </message>
    <message>
        <source>Tagging photos as taught</source>
        <translation>按所教的给照片加标签</translation>
    </message>
    <message>
        <source>Sorting</source>
        <translation>整理</translation>
    </message>
    <message>
        <source>Waiting for another computer</source>
        <translation>正在等待另一台电脑</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>处理中</translation>
    </message>
    <message>
        <source>{n} photos/s</source>
        <translation>{n} 张/秒</translation>
    </message>
    <message>
        <source>a few seconds left</source>
        <translation>还剩几秒</translation>
    </message>
    <message>
        <source>about {n} seconds left</source>
        <translation>还剩约 {n} 秒</translation>
    </message>
    <message>
        <source>about a minute left</source>
        <translation>还剩约一分钟</translation>
    </message>
    <message>
        <source>about {n} minutes left</source>
        <translation>还剩约 {n} 分钟</translation>
    </message>
    <message>
        <source>about {n} hours left</source>
        <translation>还剩约 {n} 小时</translation>
    </message>
    <message>
        <source>d MMMM yyyy, HH:mm</source>
        <translation>yyyy年M月d日 HH:mm</translation>
    </message>
    <message>
        <source>No folder</source>
        <translation>无文件夹</translation>
    </message>
    <message>
        <source>Without a date</source>
        <translation>无日期</translation>
    </message>
    <message>
        <source>dddd, d MMMM yyyy</source>
        <translation>yyyy年M月d日 dddd</translation>
    </message>
    <message>
        <source>MMMM yyyy</source>
        <translation>yyyy年M月</translation>
    </message>
    <message>
        <source>1 star</source>
        <translation>1 星</translation>
    </message>
    <message>
        <source>{n} stars</source>
        <translation>{n} 星</translation>
    </message>
    <message>
        <source>favourite</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>The file was not there when it was last looked for.</source>
        <translation>上次查找时文件不在那里。</translation>
    </message>
    <message>
        <source>Fits to {n} %</source>
        <translation>符合度 {n} %</translation>
    </message>
    <message>
        <source>like {name}</source>
        <translation>与 {name} 相似</translation>
    </message>
    <message>
        <source>not {what}</source>
        <translation>非 {what}</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Problem files</source>
        <translation>有问题的文件</translation>
    </message>
    <message>
        <source>Without tags</source>
        <translation>无标签</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>重复照片</translation>
    </message>
    <message>
        <source>Edited copies</source>
        <translation>编辑过的副本</translation>
    </message>
    <message>
        <source>Similar shots</source>
        <translation>相似照片</translation>
    </message>
    <message>
        <source>With a position</source>
        <translation>有位置信息</translation>
    </message>
    <message>
        <source>With a date</source>
        <translation>有日期</translation>
    </message>
    <message>
        <source>With a caption</source>
        <translation>有说明</translation>
    </message>
    <message>
        <source>from {value} on</source>
        <translation>{value} 起</translation>
    </message>
    <message>
        <source>before {value}</source>
        <translation>{value} 之前</translation>
    </message>
    <message>
        <source>in {value}</source>
        <translation>在 {value}</translation>
    </message>
    <message>
        <source>near {value}</source>
        <translation>{value} 附近</translation>
    </message>
    <message>
        <source>Camera: {value}</source>
        <translation>相机：{value}</translation>
    </message>
    <message>
        <source>Lens: {value}</source>
        <translation>镜头：{value}</translation>
    </message>
    <message>
        <source>Place: {value}</source>
        <translation>地点：{value}</translation>
    </message>
    <message>
        <source>Tag: {value}</source>
        <translation>标签：{value}</translation>
    </message>
    <message>
        <source>Album: {value}</source>
        <translation>相册：{value}</translation>
    </message>
    <message>
        <source>Kind: {value}</source>
        <translation>类型：{value}</translation>
    </message>
    <message>
        <source>Stars: {value}</source>
        <translation>星级：{value}</translation>
    </message>
    <message>
        <source>Size: {value}</source>
        <translation>大小：{value}</translation>
    </message>
    <message>
        <source>processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>graphics card</source>
        <translation>显卡</translation>
    </message>
    <message>
        <source>graphics processor</source>
        <translation>图形处理器</translation>
    </message>
</context>
</TS>
